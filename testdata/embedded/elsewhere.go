package embedded

import (
	"context"
	"io/fs"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/poolvet/poolvet/testdata/embedded/elsewhere"
)

func nightly(ctx context.Context, pool *pgxpool.Pool) error {
	if _, err := pool.Exec(ctx, elsewhere.Nightly); err != nil {
		return err
	}
	return fs.WalkDir(elsewhere.Files, "sql", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := elsewhere.Files.ReadFile(path)
		if err != nil {
			return err
		}
		_, err = pool.Exec(ctx, string(text))
		return err
	})
}
