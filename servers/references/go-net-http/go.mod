module concurrency-bench/go-net-http

go 1.24
