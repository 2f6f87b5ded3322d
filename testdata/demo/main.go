// Command demo is a small order service, for trying poolvet on.
package main

import (
	"context"
	"encoding/json"
	"log"
	"net/http"
	"os"
	"os/signal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	databaseURL := os.Getenv("DATABASE_URL")
	if err := migrateUp(databaseURL); err != nil {
		log.Fatalf("migrate: %v", err)
	}
	pool, err := openPool(ctx, databaseURL)
	if err != nil {
		log.Fatalf("open pool: %v", err)
	}
	defer pool.Close()

	orders := &orderStore{pool: pool}
	go listenForOrders(ctx, databaseURL)
	go runReports(ctx, pool)

	http.HandleFunc("GET /orders", func(w http.ResponseWriter, r *http.Request) {
		list, err := orders.list(r.Context(), r.Header.Get("X-Tenant"))
		if err != nil {
			http.Error(w, "cannot list orders", http.StatusInternalServerError)
			return
		}
		json.NewEncoder(w).Encode(list)
	})
	http.HandleFunc("POST /orders", func(w http.ResponseWriter, r *http.Request) {
		var o order
		if err := json.NewDecoder(r.Body).Decode(&o); err != nil {
			http.Error(w, "set the order's tenant and total", http.StatusBadRequest)
			return
		}
		if err := orders.create(r.Context(), o); err != nil {
			http.Error(w, "cannot create the order", http.StatusInternalServerError)
		}
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
