import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Properties;

/** What the JDBC driver sends for what it is asked of a connection. */
public class Jdbc {
    public static void main(String[] args) throws Exception {
        String url = "jdbc:postgresql://" + System.getenv("PGHOST") + ":" + System.getenv("PGPORT") + "/" + System.getenv("PGDATABASE");
        Properties with = new Properties();
        with.setProperty("user", System.getenv("PGUSER"));
        with.setProperty("readOnlyMode", "always");
        try (Connection c = DriverManager.getConnection(url, with)) {
            c.setSchema("public");
            c.setReadOnly(true);
            c.setReadOnly(false);
            c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            c.setClientInfo("ApplicationName", "PostgreSQL JDBC Driver");
            try (var s = c.prepareStatement("SELECT ?::int")) {
                for (int i = 0; i < 6; i++) {
                    s.setInt(1, i);
                    s.executeQuery().next();
                }
            }
        }
    }
}
