-- Forgets a user. Returns how many records are gone: 1 or 0.
local user = KEYS[1] -- hash

return redis.call("DEL", user)
