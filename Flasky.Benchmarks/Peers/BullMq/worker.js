"use strict";

// worker.js CONCURRENCY: works until its standard input ends, or its time is over.
const { Worker } = require("bullmq");
const Redis = require("ioredis");
const { connection, now, say, limitTime } = require("./jobs");

const results = new Redis({ ...connection, lazyConnect: true });

async function benchmark({ data }) {
  if (data.sent === 0) return;
  const latency = now() - data.sent;
  await results.rpush("latencies", latency);
}

async function main(concurrency) {
  limitTime();
  const worker = new Worker("benchmark", benchmark, { connection, concurrency });
  await worker.waitUntilReady();
  say({ ready: true });
  process.stdin.resume().on("end", async () => {
    await worker.close();
    process.exit(0);
  });
}

main(Number(process.argv[2]));
