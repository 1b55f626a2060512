"""The settings that are the same at every launch; the address, the backlog, and the workers are given as flags."""

# The application is loaded before the workers are forked, so that all workers are up at the first answer.
preload_app = True
# gunicorn kills a sync worker that is busy for longer; requests may wait for 60 s.
timeout = 120
graceful_timeout = 60
# Of gthread only: sync closes each connection after its answer.
keepalive = 75
# Queries are as long as Node.js accepts them, 16 KiB; gunicorn's default is 4 KiB.
limit_request_line = 0
control_socket_disable = True
loglevel = "warning"
