# frozen_string_literal: true

# worker.rb CONCURRENCY: works until its standard input ends, or its time is over.
require "io/wait"
require "sidekiq/cli"
require_relative "jobs"

Sidekiq.logger.level = Logger::ERROR
Sidekiq.configure_server do |config|
  config.on(:startup) do
    say(ready: true)
    Thread.new do
      $stdin.wait_readable(SECONDS)
      Process.kill("TERM", Process.pid)
    end
  end
end

cli = Sidekiq::CLI.instance
cli.parse(["--environment", "production", "--require", File.join(__dir__, "jobs.rb"), "--queue", "benchmark",
           "--concurrency", ARGV.fetch(0), "--timeout", "2"])
cli.run
