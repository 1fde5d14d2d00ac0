-- Sends the requests of a file in turn and says in one line of JSON how it went.
-- Arguments: the file (a request a line: method, path, headers as "name: value|name: value", body;
-- parted by tabs), the status that every answer must have, and 1 when a request may be sent only once.
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  requests, sent, repeated, wrong, first_wrong = {}, 0, 0, 0, 0
  expected, once = tonumber(args[2]), args[3] == "1"
  for line in io.lines(args[1]) do
    local method, path, fields, body = line:match("^(.-)\t(.-)\t(.-)\t(.*)$")
    local headers = {}
    for name, value in fields:gmatch("([^:|]+): ([^|]*)") do
      headers[name] = value
    end
    table.insert(requests, wrk.format(method, path, headers, body ~= "" and body or nil))
  end
end

function request()
  sent = sent + 1
  if once and sent > #requests then
    repeated = repeated + 1
  end
  return requests[(sent - 1) % #requests + 1]
end

function response(status)
  if status ~= expected then
    wrong = wrong + 1
    first_wrong = status
  end
end

function done(summary, latency)
  local total = { repeated = 0, wrong = 0, first_wrong = 0 }
  for _, thread in ipairs(threads) do
    total.repeated = total.repeated + thread:get("repeated")
    total.wrong = total.wrong + thread:get("wrong")
    total.first_wrong = math.max(total.first_wrong, thread:get("first_wrong"))
  end
  local errors = summary.errors
  local broken = errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format(
    '\n{"answered": %d, "microseconds": %d, "median_us": %d, "p99_us": %d, "broken": %d, ' ..
      '"wrong": %d, "first_wrong": %d, "repeated": %d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), broken,
    total.wrong, total.first_wrong, total.repeated))
end
