"""Many load workers in one process, which send what a real one sends, and no load.

usage: simulated-workers.py HOST PORT COUNT MESSAGES.json

Each is a worker of Locust with a connection of its own.
"""

import json
import sys
import time

import gevent
from locust.env import Environment

MESSAGE = "concurrency-bench"
host, port, count, path = sys.argv[1:]
with open(path) as file:
    messages = json.load(file)


def start_worker(number):
    runner = Environment(user_classes=[]).create_worker_runner(host, int(port))

    def send(message):
        runner.send_message(MESSAGE, json.dumps(message))

    def run_load(start_ms):
        gevent.sleep(max(0, start_ms / 1000 - time.monotonic()))
        send({"type": "window-started"})
        for _ in range(messages["progressEvents"]):
            gevent.sleep(messages["progressSeconds"])
            send({"type": "progress", "completed": 1, "elapsedSeconds": 1})
        send({"type": "window-ended"})
        send(messages["report"])
        send(messages["result"])

    def receive(environment, msg):
        command = json.loads(msg.data)
        if command["type"] == "ping":
            now = {"monotonicMs": time.monotonic() * 1000, "wallMs": time.time() * 1000}
            send({"type": "pong", "sentMs": command["sentMs"], **now})
        elif command["type"] == "run":
            send({"type": "prepared"})
        elif command["type"] == "start":
            gevent.spawn(run_load, command["atMs"])

    runner.register_message(MESSAGE, receive)
    send({**messages["hello"], "name": f"simulated{number}"})
    return runner


runners = [start_worker(number) for number in range(int(count))]
for runner in runners:
    runner.greenlet.join()
