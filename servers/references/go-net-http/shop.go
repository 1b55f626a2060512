package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

var (
	productID = parameter{name: "id", fallback: 17, minimum: 1, maximum: 10_000}
	category  = parameter{name: "category", fallback: 17, minimum: 1, maximum: 500}
)

// defaultConnections is the wire contract's default of DATABASE_CONNECTIONS.
const defaultConnections = 10

// openDatabase makes a pool, which connects when it is used; nil without a DATABASE_URL.
func openDatabase() (*pgxpool.Pool, error) {
	url := os.Getenv("DATABASE_URL")
	if url == "" {
		return nil, nil
	}
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, errors.New("DATABASE_URL is not a connection URI")
	}
	config.MaxConns = defaultConnections
	if text := os.Getenv("DATABASE_CONNECTIONS"); text != "" {
		connections, err := strconv.ParseInt(text, 10, 32)
		if err != nil || connections < 1 {
			return nil, fmt.Errorf("DATABASE_CONNECTIONS must be a whole number from 1, not %q", text)
		}
		config.MaxConns = int32(connections)
	}
	return pgxpool.NewWithConfig(context.Background(), config)
}

type product struct {
	name  string
	cents int
}

func (p product) String() string {
	return fmt.Sprintf("%s costs %d\n", p.name, p.cents)
}

func toProduct(row pgx.CollectableRow) (product, error) {
	var p product
	err := row.Scan(nil, &p.name, &p.cents)
	return p, err
}

func readProduct(ctx context.Context, database *pgxpool.Pool, given values) (string, error) {
	rows, _ := database.Query(ctx, "SELECT id, name, cents FROM products WHERE id = $1", given["id"])
	found, err := pgx.CollectExactlyOneRow(rows, toProduct)
	return found.String(), err
}

func listProducts(ctx context.Context, database *pgxpool.Pool, given values) (string, error) {
	rows, _ := database.Query(ctx,
		"SELECT id, name, cents FROM products WHERE category = $1 ORDER BY id LIMIT 20", given["category"])
	found, err := pgx.CollectRows(rows, toProduct)
	var lines strings.Builder
	for _, p := range found {
		lines.WriteString(p.String())
	}
	return lines.String(), err
}

func orderProduct(ctx context.Context, database *pgxpool.Pool, given values) (string, error) {
	var ordered product
	err := pgx.BeginFunc(ctx, database, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, "SELECT id, name, cents FROM products WHERE id = $1 FOR UPDATE", given["id"])
		var err error
		if ordered, err = pgx.CollectExactlyOneRow(rows, toProduct); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "UPDATE products SET sold = sold + 1 WHERE id = $1", given["id"])
		return err
	})
	return "ordered: " + ordered.String(), err
}

// queries answers the requests for one path from the database.
type queries struct {
	path       string
	parameters []parameter
	database   *pgxpool.Pool
	answer     func(context.Context, *pgxpool.Pool, values) (string, error)
}

func (served queries) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	given, err := readParameters(served.path, served.parameters, r.URL.RawQuery)
	if err != nil {
		respond(w, http.StatusBadRequest, err.Error()+"\n")
		return
	}
	body, err := served.query(r.Context(), given)
	if err != nil {
		reportOnce(err)
		respond(w, http.StatusServiceUnavailable, "the database is not available\n")
		return
	}
	respond(w, http.StatusOK, body)
}

func (served queries) query(ctx context.Context, given values) (string, error) {
	if served.database == nil {
		return "", errors.New("DATABASE_URL is not set")
	}
	start := time.Now()
	body, err := served.answer(ctx, served.database, given)
	if t := traceOf(ctx); t != nil {
		t.waitNanos.Add(int64(time.Since(start)))
	}
	return body, err
}

var reported sync.Once

// reportOnce prints why the database is not available, which answers do not say.
func reportOnce(err error) {
	reported.Do(func() { log.Print("database: ", err) })
}
