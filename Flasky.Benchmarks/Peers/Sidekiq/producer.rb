# frozen_string_literal: true

# producer.rb MODE JOBS WARMUP: enqueues and says when it began and ended, by the machine's monotonic clock.
require "timeout"
require_relative "jobs"

def one(jobs, queue)
  worker = BenchmarkJob.set(queue: queue)
  jobs.times { worker.perform_async({ "sent" => 0, "text" => TEXT }) }
end

def bulk(jobs, queue)
  (0...jobs).each_slice(1000) do |slice|
    Sidekiq::Client.push_bulk("class" => BenchmarkJob, "queue" => queue, "args" => slice.map { [{ "sent" => 0, "text" => TEXT }] })
  end
end

def paced(jobs, queue)
  worker = BenchmarkJob.set(queue: queue)
  jobs.times do
    worker.perform_async({ "sent" => now, "text" => TEXT })
    sleep 0.01
  end
end

mode, jobs, warmup = ARGV
Timeout.timeout(SECONDS) do
  send(mode, Integer(warmup), "warmup")
  began = now
  send(mode, Integer(jobs), "benchmark")
  say(began: began, ended: now)
end
