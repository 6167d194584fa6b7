-- Whether a delivery of an entry is this consumer's to settle. XACK and XCLAIM alone ask nobody.
local function owns(stream, group, consumer, entry, delivery)
  local p = redis.call('XPENDING', stream, group, entry, entry, 1, consumer)[1]
  return p ~= nil and p[4] == tonumber(delivery)
end
