"""worker.py CELERY-ARGUMENTS: works until its standard input ends, or its time is over."""

import os
import select
import signal
import sys
import threading

from celery.signals import worker_ready

from jobs import SECONDS, app, say


def stop_at_end():
    select.select([0], [], [], SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)


@worker_ready.connect
def ready(**_):
    threading.Thread(target=stop_at_end, daemon=True).start()
    say(ready=True)


app.worker_main(
    ["worker", "--queues=benchmark", "--loglevel=ERROR",
     "--without-gossip", "--without-mingle", "--without-heartbeat", *sys.argv[1:]])
