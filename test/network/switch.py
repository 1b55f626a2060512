"""An Ethernet switch between network namespaces, which delays each frame as the way between machines does.

usage: switch.py DELAY_MS NAMESPACE…

Each namespace gets an interface `eth0`. A line `NAMESPACE SECONDS` on standard input pulls its cable for that time. Many
kernels have no `tc netem`, so the delay is made here. The switch ends with its standard input.
"""

import ctypes
import fcntl
import os
import select
import struct
import sys
import time
from collections import deque

CLONE_NEWNET = 0x40000000
TUNSETIFF = 0x400454CA
IFF_TAP, IFF_NO_PI = 0x0002, 0x1000
LONGEST_FRAME = 65536
libc = ctypes.CDLL(None, use_errno=True)


def open_port(namespace):
    with open(f"/run/netns/{namespace}") as file:
        if libc.setns(file.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "setns")
    port = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(port, TUNSETIFF, struct.pack("16sH22x", b"eth0", IFF_TAP | IFF_NO_PI))
    return port


def switch(delay, namespaces):
    ports = {open_port(namespace): namespace for namespace in namespaces}
    print("ready", flush=True)
    addresses, cut, delayed = {}, {}, deque()
    while True:
        wait = max(0, delayed[0][0] - time.monotonic()) if delayed else None
        readable, _, _ = select.select([*ports, sys.stdin], [], [], wait)
        now = time.monotonic()
        for port in readable:
            if port is sys.stdin:
                line = sys.stdin.readline().split()
                if not line:
                    return
                cut[line[0]] = now + float(line[1])
                continue
            frame = os.read(port, LONGEST_FRAME)
            if cut.get(ports[port], 0) > now:
                continue
            target, addresses[frame[6:12]] = frame[:6], port
            outlets = [addresses[target]] if target in addresses else [one for one in ports if one != port]
            delayed.extend((now + delay, outlet, frame) for outlet in outlets if cut.get(ports[outlet], 0) <= now)
        while delayed and delayed[0][0] <= now:
            _, outlet, frame = delayed.popleft()
            try:
                os.write(outlet, frame)
            except OSError:  # the interface is not up yet, or its queue is full: a frame is lost
                pass


os.nice(-15)  # a switch is no program of the machine that is measured
switch(float(sys.argv[1]) / 1000, sys.argv[2:])
