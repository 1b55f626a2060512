/** What `bench init` writes. The keys that are set are valid together; the others show what there is. */
export const template = `# yaml-language-server: $schema=https://raw.githubusercontent.com/concurrency-bench/concurrency-bench/main/docs/bench.config.schema.json
# What \`bench run\` measures. Flags and BENCH_… variables replace keys of this file; \`bench run --dry-run\` shows the plan.

# Your own servers: a command that listens on $PORT, or a URL. All are measured in one run, side by side.
servers:
  - name: mine
    exec: node server.js
#  - name: staging
#    url: http://localhost:3000

# What they get, in proportion to the weights. Servers are ranked by the response time of the first request.
requests:
  - path: /
    weight: 3
#  - method: POST
#    path: /orders
#    headers:
#      Authorization: Bearer \${API_TOKEN}   # from the environment; never written
#    body: { item: 1, count: 2 }            # or bodyFile: order.json
#    weight: 1
#    status: 201                            # default: any 2xx
#    contains: id                           # text in the body of a good answer

# Headers of all requests.
#headers:
#  Accept: application/json

# Models to compare with, and the workloads that they get.
#models: [event-loop, pool]
#workloads: [io, cpu?n=30]

# The load at which this is still kept is searched for.
#objectives:
#  - p95<100ms
#  - POST /orders p99<200ms

# What must hold; otherwise the run ends with status 3.
#assertions:
#  - mine p95 on GET / < 500ms

# quick: within a minute; standard: at most four minutes; rigorous: at most 45 minutes.
profile: standard

# Left out, these are chosen by the run.
#rate: 200          # open-loop requests per second
#connections: 64    # requests in flight in the closed loop
#duration: 2s       # measured window
#blocks: 8          # fresh measurements of every server
#seed: 1            # repeats order and random choices
`;
