"""Carries the messages of a run to its load workers and back, through Locust's master and workers.

usage: relay.py master HOST PORT
       relay.py worker HOST PORT

Locust knows who is a member, notices who is lost, and delivers messages; it runs no users here. Standard input and
output are lines of JSON, for the Node.js program that started this one; the relay ends with that program.
"""

import json
import os
import sys

import gevent
import gevent.event
from gevent.fileobject import FileObject
from locust.env import Environment
from locust.runners import STATE_MISSING

MESSAGE = "concurrency-bench"
WATCH_SECONDS = 0.1

lines, sys.stdout = sys.stdout, sys.stderr  # Locust prints, too


def emit(kind, **fields):
    lines.write(json.dumps({"type": kind, **fields}) + "\n")
    lines.flush()


def commands():
    for line in FileObject(sys.stdin.fileno(), "r", encoding="utf-8", close=False):
        yield json.loads(line)


def run_master(host, port):
    runner = Environment(user_classes=[]).create_master_runner(host, port)
    runner.register_message(MESSAGE, lambda environment, msg: emit("message", worker=msg.node_id, body=str(msg.data)))
    emit("listening")
    gevent.spawn(watch_members, runner)
    for command in commands():
        runner.send_message(MESSAGE, command["body"], command["worker"])
    runner.quit()  # the Locust of each worker quits too


def watch_members(runner):
    present = set()
    while True:
        # A worker is missing when it has sent no heartbeat for three seconds.
        now = {client.id for client in runner.clients.all if client.state != STATE_MISSING}
        for worker in now - present:
            emit("joined", worker=worker)
        for worker in present - now:
            emit("left", worker=worker)
        present = now
        gevent.sleep(WATCH_SECONDS)


def run_worker(host, port):
    connection = gevent.event.AsyncResult()
    gevent.spawn(obey, connection)
    environment = Environment(user_classes=[])
    try:
        runner = environment.create_worker_runner(host, port)  # waits for the master
    except ConnectionError:  # after five minutes; its threads and messages are gone with the process
        os.execv(sys.executable, [sys.executable, *sys.argv])
    runner.register_message(MESSAGE, lambda environment, msg: emit("message", body=msg.data))
    connection.set(runner)
    emit("connected")
    runner.greenlet.join()


def obey(connection):
    for command in commands():
        connection.get().send_message(MESSAGE, command["body"])
    if connection.ready():
        connection.get().environment.events.quitting.fire(environment=None)  # tells the master
        gevent.sleep(0.1)
    os._exit(0)


if __name__ == "__main__":
    role, host, port = sys.argv[1:]
    {"master": run_master, "worker": run_worker}[role](host, int(port))
