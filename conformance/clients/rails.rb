# Rails' ActiveRecord: connects, migrates, forgets prepared statements.
require "active_record"
require "tmpdir"

ActiveRecord::Base.establish_connection(
  adapter: "postgresql", database: ENV.fetch("PGDATABASE"), schema_search_path: "rails,public", encoding: "unicode",
  variables: { statement_timeout: "5s" }, statement_limit: 1
)

class Order < ActiveRecord::Base; end

Dir.mktmpdir do |dir|
  File.write("#{dir}/1_create_orders.rb", <<~RUBY)
    class CreateOrders < ActiveRecord::Migration[7.2]
      def change
        create_table(:orders) { |t| t.string :name }
      end
    end
  RUBY
  ActiveRecord::MigrationContext.new(dir).migrate
end
Order.create!(name: "a")
p Order.where(name: "a").to_a, Order.where(id: 1).to_a
c = ActiveRecord::Base.lease_connection
c.client_min_messages = "notice"
c.reset_pk_sequence!("orders")
c.clear_cache!
c.reset!
c.disconnect!
