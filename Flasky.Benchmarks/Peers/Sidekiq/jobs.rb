# frozen_string_literal: true

# The connection and the one job: what the producer and the worker share.
require "json"
require "sidekiq"

SECONDS = Integer(ENV.fetch("PEER_SECONDS"))
TEXT = "x" * (300 - '{"sent":0,"text":""}'.length)

redis = { url: "redis://127.0.0.1:#{ENV.fetch("PEER_PORT")}/0" }
Sidekiq.configure_client { |config| config.redis = redis }
Sidekiq.configure_server { |config| config.redis = redis }

# Debian pairs a newer client with this Sidekiq, which would print warnings for every job.
Redis.sadd_returns_boolean = false if defined?(Redis) && Redis.respond_to?(:sadd_returns_boolean=)
Redis.silence_deprecations = true if defined?(Redis) && Redis.respond_to?(:silence_deprecations=)

def now = Process.clock_gettime(Process::CLOCK_MONOTONIC, :nanosecond)

def say(line) = STDOUT.puts(JSON.generate(line)).then { STDOUT.flush }

class BenchmarkJob
  include Sidekiq::Worker
  sidekiq_options queue: "benchmark"

  def perform(job)
    return if job["sent"].zero?

    latency = now - job["sent"]
    Sidekiq.redis { |redis| redis.rpush("latencies", latency) }
  end
end
