package followed

import (
	"database/sql"
	"os"
	"reflect"
)

func reflected(db *sql.DB) {
	exec := reflect.ValueOf(db).MethodByName("Exec")
	exec.Call([]reflect.Value{reflect.ValueOf("SET ROLE app")})
}

func channels(db *sql.DB, queries chan string) {
	go func() { queries <- "SET ROLE app" }()
	db.Exec(<-queries)
}

func files(db *sql.DB) {
	query, _ := os.ReadFile("setup.sql")
	db.Exec(string(query))
}

var registry = map[string]func() string{}

func registered(db *sql.DB) {
	registry["role"] = func() string { return "SET ROLE app" }
	db.Exec(registry["role"]())
}
