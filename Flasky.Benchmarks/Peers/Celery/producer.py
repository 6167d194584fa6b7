"""producer.py MODE JOBS WARMUP: enqueues and says when it began and ended, by the machine's monotonic clock."""

import signal
import sys
import time

from jobs import SECONDS, TEXT, app, benchmark, say


def one_by_one(jobs, queue="benchmark"):
    for _ in range(jobs):
        benchmark.apply_async(({"sent": 0, "text": TEXT},), queue=queue)


def bulk(jobs, queue="benchmark"):
    # Celery has no call for many jobs; one producer for all of them is the fastest there is.
    with app.producer_pool.acquire(block=True) as producer:
        for _ in range(jobs):
            benchmark.apply_async(({"sent": 0, "text": TEXT},), queue=queue, producer=producer)


def paced(jobs, queue="benchmark"):
    for _ in range(jobs):
        benchmark.apply_async(({"sent": time.monotonic_ns(), "text": TEXT},), queue=queue)
        time.sleep(0.01)


signal.alarm(SECONDS)
mode = {"one": one_by_one, "bulk": bulk, "paced": paced}[sys.argv[1]]
if int(sys.argv[3]):
    mode(int(sys.argv[3]), "warmup")
began = time.monotonic_ns()
mode(int(sys.argv[2]))
say(began=began, ended=time.monotonic_ns())
