"use strict";

// The connection and the one job: what the producer and the worker share.
const connection = { host: "127.0.0.1", port: Number(process.env.PEER_PORT) };
const text = "x".repeat(300 - '{"sent":0,"text":""}'.length);

// A finished job is kept for ever by default. Removing it is faster, and what the others do.
const options = { removeOnComplete: true };

// A number that JSON keeps whole: nanoseconds since the machine's start fit for a hundred days.
const now = () => Number(process.hrtime.bigint());
const job = (sent = 0) => ({ sent, text });
const say = line => console.log(JSON.stringify(line));

/** Ends this process when its time is over, without keeping it alive until then. */
const limitTime = () => setTimeout(() => process.exit(70), Number(process.env.PEER_SECONDS) * 1000).unref();

module.exports = { connection, options, now, job, say, limitTime };
