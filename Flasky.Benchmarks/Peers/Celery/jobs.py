"""The application, its settings and its one job: what the producer and the worker share."""

import json
import os
import time

from celery import Celery

LATE_ACK = os.environ.get("PEER_LATE_ACK") == "1"
SECONDS = int(os.environ["PEER_SECONDS"])
TEXT = "x" * (300 - len('{"sent":0,"text":""}'))

app = Celery("benchmark", broker=f"redis://127.0.0.1:{os.environ['PEER_PORT']}/0")
app.conf.update(
    task_default_queue="benchmark",
    task_ignore_result=True,
    worker_disable_rate_limits=True,
    # Standard output is the line to the process that measures, not a log.
    worker_redirect_stdouts=False,
    worker_prefetch_multiplier=64,
    # Safe: what a killed worker held comes back after the visibility timeout.
    task_acks_late=LATE_ACK,
    task_reject_on_worker_lost=LATE_ACK,
)


@app.task(name="benchmark")
def benchmark(job):
    if job["sent"]:
        latency = time.monotonic_ns() - job["sent"]
        with app.pool.acquire(block=True) as connection:
            connection.default_channel.client.rpush("latencies", latency)


def say(**line):
    print(json.dumps(line), flush=True)
