-- Publishes a message on a topic.
return redis.call("SPUBLISH", KEYS[1], ARGV[1])
