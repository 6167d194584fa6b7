"use strict";

// producer.js MODE JOBS WARMUP: enqueues and says when it began and ended, by the machine's monotonic clock.
const { setTimeout: pause } = require("node:timers/promises");
const { Queue } = require("bullmq");
const { connection, options, now, job, say, limitTime } = require("./jobs");

const modes = {
  async one(queue, jobs) {
    for (let i = 0; i < jobs; i++) await queue.add("benchmark", job(), options);
  },
  async bulk(queue, jobs) {
    for (let i = 0; i < jobs; i += 1000)
      await queue.addBulk(Array.from({ length: Math.min(1000, jobs - i) }, () => ({ name: "benchmark", data: job(), opts: options })));
  },
  async paced(queue, jobs) {
    for (let i = 0; i < jobs; i++) {
      await queue.add("benchmark", job(now()), options);
      await pause(10);
    }
  },
};

async function main(mode, jobs, warmup) {
  limitTime();
  const queues = [new Queue("warmup", { connection }), new Queue("benchmark", { connection })];
  await Promise.all(queues.map(queue => queue.waitUntilReady()));
  await modes[mode](queues[0], warmup);
  const began = now();
  await modes[mode](queues[1], jobs);
  say({ began, ended: now() });
  await Promise.all(queues.map(queue => queue.close()));
}

main(process.argv[2], Number(process.argv[3]), Number(process.argv[4]));
