// Made from schema/wsroute.schema.json by a test; see SchemaTests.
// swift-format-ignore-file
let schemaText = #"""
{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "wsroute configuration",
  "description": "Hosts, routes, services and middlewares of a wsroute configuration.",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "config_dir": {"$ref": "#/$defs/text", "description": "Folder with fragments (*.yaml, *.yml), relative to this file."},
    "listeners": {"description": "What the proxy listens on. Default: `advanced.port` and the ports of host rules.", "type": "array", "items": {"$ref": "#/$defs/listener"}},
    "advanced": {"$ref": "#/$defs/advanced"},
    "services": {"description": "Where requests go: a map of names, or a list of services with `name`.", "oneOf": [{"type": "object", "additionalProperties": {"$ref": "#/$defs/service"}}, {"type": "array", "items": {"$ref": "#/$defs/listedService"}}]},
    "host_rules": {"description": "Virtual hosts.", "type": "array", "items": {"$ref": "#/$defs/hostRule"}},
    "route_rules": {"description": "Routes of the default host `*`.", "type": "array", "items": {"$ref": "#/$defs/route"}},
    "middlewares": {"description": "Definitions of middlewares.", "type": "array", "items": {"$ref": "#/$defs/middleware"}},
    "middleware_services": {"description": "Another name for `middlewares`.", "type": "array", "items": {"$ref": "#/$defs/middleware"}},
    "fallback": {"description": "For a later version; no effect.", "type": "object"},
    "alerts": {"description": "For a later version; no effect.", "type": "object"}
  },
  "$defs": {
    "reference": {"description": "A value from the environment: ${NAME} or ${NAME:-default}.", "type": "string", "pattern": "\\$\\{"},
    "text": {"type": ["string", "number"]},
    "boolean": {"anyOf": [{"type": "boolean"}, {"$ref": "#/$defs/reference"}]},
    "port": {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 65535}, {"$ref": "#/$defs/reference"}]},
    "weight": {"description": "Default: 1.", "anyOf": [{"type": "integer", "minimum": 1, "maximum": 65535}, {"$ref": "#/$defs/reference"}]},
    "count": {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 1000000000}, {"$ref": "#/$defs/reference"}]},
    "countOrZero": {"anyOf": [{"type": "integer", "minimum": 0, "maximum": 1000000000}, {"$ref": "#/$defs/reference"}]},
    "duration": {"description": "Seconds, or a number with ms, s, m or h.", "anyOf": [{"type": "number", "exclusiveMinimum": 0}, {"type": "string", "pattern": "^[0-9]+(\\.[0-9]{1,3})?(ms|s|m|h)$"}, {"$ref": "#/$defs/reference"}]},
    "size": {"description": "Bytes, or a number with KB, MB, GB, KiB, MiB or GiB.", "anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": "^[0-9]+(\\.[0-9]{1,3})?([KkMmGg][Ii]?)?[Bb]$"}, {"$ref": "#/$defs/reference"}]},
    "statusRange": {"anyOf": [{"type": "integer", "minimum": 100, "maximum": 599}, {"type": "string", "pattern": "^[1-5][0-9][0-9](-[1-5][0-9][0-9])?$"}, {"$ref": "#/$defs/reference"}]},
    "tlsVersion": {"description": "Lowest TLS version. Default: 1.2.", "enum": ["1.2", "1.3", 1.2, 1.3]},
    "conditions": {"type": "object", "additionalProperties": {"$ref": "#/$defs/text"}},
    "listener": {"description": "An address and port to accept connections on.", "type": "object", "additionalProperties": false, "required": ["port"],
      "properties": {
        "address": {"$ref": "#/$defs/text", "description": "IP address; all addresses if left out."},
        "port": {"$ref": "#/$defs/port"},
        "tls": {"$ref": "#/$defs/listenerTLS"},
        "proxy_protocol": {"$ref": "#/$defs/boolean", "description": "Connections begin with a PROXY protocol header. No effect in this version."}
      }},
    "listenerTLS": {"description": "How a listener speaks TLS.", "type": "object", "additionalProperties": false,
      "properties": {
        "certificate": {"$ref": "#/$defs/text", "description": "PEM file with the certificate chain."},
        "key": {"$ref": "#/$defs/text", "description": "PEM file with the private key."},
        "certificates": {"description": "Several certificates, chosen by the client's SNI.", "type": "array", "items": {"$ref": "#/$defs/certificate"}},
        "client_ca": {"$ref": "#/$defs/text", "description": "PEM file with the authorities of client certificates."},
        "client_auth": {"description": "Whether clients must have a certificate.", "enum": ["optional", "require"]},
        "min_version": {"$ref": "#/$defs/tlsVersion"}
      }},
    "certificate": {"description": "A certificate and its key.", "type": "object", "additionalProperties": false, "required": ["certificate", "key"],
      "properties": {
        "certificate": {"$ref": "#/$defs/text", "description": "PEM file with the certificate chain."},
        "key": {"$ref": "#/$defs/text", "description": "PEM file with the private key."}
      }},
    "advanced": {"description": "Settings of the whole proxy.", "type": "object", "additionalProperties": false,
      "properties": {
        "port": {"$ref": "#/$defs/port", "description": "Port to listen on without `listeners`. Default: 8080."},
        "workers": {"description": "Threads; `auto` is one per core.", "anyOf": [{"const": "auto"}, {"type": "integer", "minimum": 1, "maximum": 1024}, {"$ref": "#/$defs/reference"}]},
        "timeout": {"$ref": "#/$defs/timeout"},
        "security": {"$ref": "#/$defs/security"},
        "path": {"$ref": "#/$defs/path"},
        "buffer_size": {"$ref": "#/$defs/bufferSize"},
        "connection_pool": {"$ref": "#/$defs/connectionPool"},
        "limits": {"$ref": "#/$defs/limits"},
        "concurrency": {"$ref": "#/$defs/concurrency"}
      }},
    "timeout": {"description": "Times; services may have their own.", "type": "object", "additionalProperties": false,
      "properties": {
        "read_timeout": {"$ref": "#/$defs/duration", "description": "Silence of a peer that owes bytes."},
        "write_timeout": {"$ref": "#/$defs/duration", "description": "No progress towards a peer that does not read."},
        "dial_timeout": {"$ref": "#/$defs/duration", "description": "Connecting to a backend."},
        "header_timeout": {"$ref": "#/$defs/duration", "description": "A whole request head."},
        "idle_timeout": {"$ref": "#/$defs/duration", "description": "Between two requests of a connection."}
      }},
    "security": {"description": "What is refused, and whom to believe.", "type": "object", "additionalProperties": false,
      "properties": {
        "deny_hidden_files": {"$ref": "#/$defs/boolean", "description": "404 for paths with a segment that begins with a dot, `.well-known` excepted."},
        "trusted_proxies": {"description": "Addresses and ranges whose X-Forwarded-For is believed.", "type": "array", "items": {"$ref": "#/$defs/text"}},
        "max_header_bytes": {"$ref": "#/$defs/size", "description": "Largest request head."},
        "max_body_bytes": {"$ref": "#/$defs/size", "description": "Largest request body."},
        "max_url_bytes": {"$ref": "#/$defs/size", "description": "Longest request target."}
      }},
    "path": {"description": "How paths are made canonical.", "type": "object", "additionalProperties": false,
      "properties": {
        "merge_slashes": {"$ref": "#/$defs/boolean", "description": "Merge `//` instead of refusing it."},
        "encoded_slash": {"description": "Refuse `%2F` and `%5C`, or keep them inside their segment.", "enum": ["refuse", "keep"]}
      }},
    "bufferSize": {"description": "Bytes held for a peer that does not take them.", "type": "object", "additionalProperties": false,
      "properties": {
        "read_buffer": {"$ref": "#/$defs/size", "description": "Towards the client."},
        "write_buffer": {"$ref": "#/$defs/size", "description": "Towards the backend."}
      }},
    "connectionPool": {"description": "Connections to backends.", "type": "object", "additionalProperties": false,
      "properties": {
        "max_idle_connections": {"$ref": "#/$defs/countOrZero", "description": "Idle ones kept."},
        "max_active_connections": {"$ref": "#/$defs/count", "description": "In use at once. No effect in this version."},
        "idle_timeout": {"$ref": "#/$defs/duration", "description": "How long idle ones are kept."}
      }},
    "limits": {"description": "No effect in this version.", "type": "object", "additionalProperties": false,
      "properties": {
        "max_connections": {"$ref": "#/$defs/count", "description": "Clients at once."},
        "max_connections_per_client": {"$ref": "#/$defs/count", "description": "Connections of one client at once."}
      }},
    "concurrency": {"description": "Accepted from older files; no effect.", "type": "object", "additionalProperties": false,
      "properties": {
        "max_goroutines": {"$ref": "#/$defs/count", "description": "No effect."},
        "goroutine_stack_size": {"$ref": "#/$defs/size", "description": "No effect."}
      }},
    "service": {"description": "Backends and how to talk to them.", "type": "object", "additionalProperties": false, "oneOf": [{"required": ["url"]}, {"required": ["load_balancer"]}],
      "properties": {
        "url": {"$ref": "#/$defs/text", "description": "ws, wss, http or https; a path is prefixed to the forwarded path."},
        "proxy_host": {"$ref": "#/$defs/text", "description": "Host (and SNI) sent to the backend."},
        "load_balancer": {"$ref": "#/$defs/loadBalancer"},
        "health_check": {"$ref": "#/$defs/healthCheck"},
        "ping_interval": {"$ref": "#/$defs/duration", "description": "WebSocket keep-alive. No effect in this version."},
        "read_timeout": {"$ref": "#/$defs/duration", "description": "Silence of the backend; after an upgrade, of both sides."},
        "write_timeout": {"$ref": "#/$defs/duration", "description": "No progress towards the backend."},
        "dial_timeout": {"$ref": "#/$defs/duration", "description": "Connecting to a backend."},
        "retry": {"$ref": "#/$defs/retry"},
        "circuit_breaker": {"$ref": "#/$defs/circuitBreaker"},
        "fallback_service": {"$ref": "#/$defs/text", "description": "Service that takes over when no backend can be had. No effect in this version."},
        "upstream_proxy": {"$ref": "#/$defs/text", "description": "`none`, `environment`, or a socks5, http or https URL. No effect in this version."},
        "tls": {"$ref": "#/$defs/upstreamTLS"}
      }},
    "listedService": {"description": "A service with its name.", "type": "object", "additionalProperties": false, "required": ["name"], "oneOf": [{"required": ["url"]}, {"required": ["load_balancer"]}],
      "properties": {
        "name": {"$ref": "#/$defs/text", "description": "Name of the service."},
        "url": {"$ref": "#/$defs/text", "description": "ws, wss, http or https; a path is prefixed to the forwarded path."},
        "proxy_host": {"$ref": "#/$defs/text", "description": "Host (and SNI) sent to the backend."},
        "load_balancer": {"$ref": "#/$defs/loadBalancer"},
        "health_check": {"$ref": "#/$defs/healthCheck"},
        "ping_interval": {"$ref": "#/$defs/duration", "description": "WebSocket keep-alive. No effect in this version."},
        "read_timeout": {"$ref": "#/$defs/duration", "description": "Silence of the backend; after an upgrade, of both sides."},
        "write_timeout": {"$ref": "#/$defs/duration", "description": "No progress towards the backend."},
        "dial_timeout": {"$ref": "#/$defs/duration", "description": "Connecting to a backend."},
        "retry": {"$ref": "#/$defs/retry"},
        "circuit_breaker": {"$ref": "#/$defs/circuitBreaker"},
        "fallback_service": {"$ref": "#/$defs/text", "description": "Service that takes over when no backend can be had. No effect in this version."},
        "upstream_proxy": {"$ref": "#/$defs/text", "description": "`none`, `environment`, or a socks5, http or https URL. No effect in this version."},
        "tls": {"$ref": "#/$defs/upstreamTLS"}
      }},
    "loadBalancer": {"description": "Several backends.", "type": "object", "additionalProperties": false, "required": ["backends"],
      "properties": {
        "strategy": {"description": "How a backend is chosen. Only the first two work in this version.", "enum": ["round_robin", "weighted_round_robin", "least_connections", "ip_hash", "random", "weighted_random", "response_time", "consistent_hash"]},
        "backends": {"description": "The members.", "type": "array", "items": {"$ref": "#/$defs/backend"}, "minItems": 1},
        "session_affinity": {"$ref": "#/$defs/sessionAffinity"}
      }},
    "backend": {"description": "One member of a service.", "type": "object", "additionalProperties": false, "required": ["url"],
      "properties": {
        "url": {"$ref": "#/$defs/text", "description": "ws, wss, http or https."},
        "weight": {"$ref": "#/$defs/weight"}
      }},
    "sessionAffinity": {"description": "Keeps a client at its backend. No effect in this version.", "type": "object", "additionalProperties": false,
      "properties": {
        "enabled": {"$ref": "#/$defs/boolean", "description": "Default: true."},
        "cookie_name": {"$ref": "#/$defs/text", "description": "Default: wsroute."},
        "timeout": {"$ref": "#/$defs/duration", "description": "Default: 1h."}
      }},
    "healthCheck": {"description": "Probes backends. No effect in this version.", "type": "object", "additionalProperties": false,
      "properties": {
        "path": {"$ref": "#/$defs/text", "description": "Default: /."},
        "interval": {"$ref": "#/$defs/duration", "description": "Default: 30s."},
        "timeout": {"$ref": "#/$defs/duration", "description": "Default: 5s."},
        "healthy_threshold": {"$ref": "#/$defs/count", "description": "Default: 1."},
        "unhealthy_threshold": {"$ref": "#/$defs/count", "description": "Default: 3."},
        "expect": {"description": "Status codes that are healthy. Default: 200-399.", "anyOf": [{"$ref": "#/$defs/statusRange"}, {"type": "array", "items": {"$ref": "#/$defs/statusRange"}}]}
      }},
    "retry": {"description": "Tries another backend. No effect in this version.", "type": "object", "additionalProperties": false,
      "properties": {
        "attempts": {"description": "Default: 2.", "anyOf": [{"type": "integer", "minimum": 1, "maximum": 100}, {"$ref": "#/$defs/reference"}]},
        "backoff": {"$ref": "#/$defs/duration", "description": "Default: 100ms."},
        "max_backoff": {"$ref": "#/$defs/duration", "description": "Default: 2s."},
        "on": {"description": "Default: [connect_failure].", "type": "array", "items": {"anyOf": [{"const": "connect_failure"}, {"type": "integer", "minimum": 500, "maximum": 599}, {"$ref": "#/$defs/reference"}]}}
      }},
    "circuitBreaker": {"description": "Limits of a service. No effect in this version.", "type": "object", "additionalProperties": false,
      "properties": {
        "max_connections": {"$ref": "#/$defs/count", "description": "At once."},
        "max_pending": {"$ref": "#/$defs/count", "description": "Waiting requests."},
        "consecutive_failures": {"$ref": "#/$defs/count", "description": "Until a backend is left out."},
        "ejection_time": {"$ref": "#/$defs/duration", "description": "How long it is left out."}
      }},
    "upstreamTLS": {"description": "How backends are verified.", "type": "object", "additionalProperties": false,
      "properties": {
        "ca": {"$ref": "#/$defs/text", "description": "PEM file with the authorities; default: those of the system."},
        "certificate": {"$ref": "#/$defs/text", "description": "PEM file with the client certificate."},
        "key": {"$ref": "#/$defs/text", "description": "PEM file with its key."},
        "server_name": {"$ref": "#/$defs/text", "description": "Name to verify and to send as SNI."},
        "insecure_skip_verify": {"$ref": "#/$defs/boolean", "description": "Do not verify. Draws a warning."},
        "min_version": {"$ref": "#/$defs/tlsVersion"}
      }},
    "hostRule": {"description": "A virtual host and its routes.", "type": "object", "additionalProperties": false, "required": ["pattern"],
      "properties": {
        "pattern": {"$ref": "#/$defs/text", "description": "`ws.example.com`, `*.example.com`, `.example.com`, `~regex`, `*` or an address."},
        "port": {"$ref": "#/$defs/port", "description": "Only requests that came in on this listener port."},
        "target": {"$ref": "#/$defs/text", "description": "Service for what no route takes."},
        "middlewares": {"description": "Names of middlewares, in order.", "type": "array", "items": {"$ref": "#/$defs/text"}},
        "order": {"description": "How routes are ranked. Default: specific.", "enum": ["specific", "declared"]},
        "route_rules": {"description": "The routes of this host.", "type": "array", "items": {"$ref": "#/$defs/route"}}
      }},
    "route": {"description": "Which requests, and what happens with them.", "type": "object", "additionalProperties": false, "required": ["pattern"],
      "properties": {
        "pattern": {"$ref": "#/$defs/text", "description": "`/ws`, `/ws/*`, `/users/{id}`, `/rest/{path...}`, `~regex` or `^regex`."},
        "name": {"$ref": "#/$defs/text", "description": "Shown in logs, metrics and explain."},
        "match": {"$ref": "#/$defs/match"},
        "target": {"$ref": "#/$defs/text", "description": "Name of a service."},
        "targets": {"description": "Services by weight.", "type": "array", "items": {"$ref": "#/$defs/weightedService"}, "minItems": 1},
        "middlewares": {"description": "Names of middlewares, in order.", "type": "array", "items": {"$ref": "#/$defs/text"}},
        "priority": {"description": "Higher wins. Default: 0.", "anyOf": [{"type": "integer", "minimum": -1000000, "maximum": 1000000}, {"$ref": "#/$defs/reference"}]},
        "rewrite": {"$ref": "#/$defs/rewrite"},
        "redirect": {"$ref": "#/$defs/redirect"},
        "respond": {"$ref": "#/$defs/respond"}
      }},
    "match": {"description": "Further conditions; all must hold.", "type": "object", "additionalProperties": false,
      "properties": {
        "protocol": {"description": "Kind of request.", "enum": ["websocket", "sse", "http"]},
        "methods": {"description": "HTTP methods.", "type": "array", "items": {"$ref": "#/$defs/text"}, "minItems": 1},
        "headers": {"$ref": "#/$defs/conditions", "description": "By header name; a value that begins with `~` is a regex."},
        "query": {"$ref": "#/$defs/conditions", "description": "By parameter; a value that begins with `~` is a regex."},
        "cookies": {"$ref": "#/$defs/conditions", "description": "By cookie name; a value that begins with `~` is a regex."},
        "client_ip": {"description": "Addresses and ranges.", "type": "array", "items": {"$ref": "#/$defs/text"}, "minItems": 1}
      }},
    "weightedService": {"description": "A service and its share.", "type": "object", "additionalProperties": false, "required": ["service"],
      "properties": {
        "service": {"$ref": "#/$defs/text", "description": "Name of a service."},
        "weight": {"$ref": "#/$defs/weight"}
      }},
    "rewrite": {"description": "Changes the forwarded path.", "type": "object", "additionalProperties": false,
      "properties": {
        "strip_prefix": {"$ref": "#/$defs/text", "description": "Whole segments to remove from the start."},
        "add_prefix": {"$ref": "#/$defs/text", "description": "Put before the path, after stripping."},
        "path": {"$ref": "#/$defs/text", "description": "The whole new path; may hold `{name}`, `{host}` and `{path}`."}
      }},
    "redirect": {"description": "Answers with a redirect.", "type": "object", "additionalProperties": false, "required": ["to"],
      "properties": {
        "to": {"$ref": "#/$defs/text", "description": "URL or path; may hold `{name}`, `{host}`, `{path}` and `{query}`."},
        "status": {"description": "Default: 302.", "enum": [301, 302, 303, 307, 308]}
      }},
    "respond": {"description": "Answers without a backend.", "type": "object", "additionalProperties": false, "required": ["status"],
      "properties": {
        "status": {"type": "integer", "minimum": 200, "maximum": 599},
        "body": {"type": "string", "maxLength": 65536},
        "content_type": {"$ref": "#/$defs/text", "description": "Default: text/plain; charset=utf-8."}
      }},
    "middleware": {"description": "A named policy. No type has an effect in this version.", "type": "object", "additionalProperties": false, "required": ["name"],
      "properties": {
        "name": {"$ref": "#/$defs/text", "description": "Name in `middlewares` lists."},
        "type": {"description": "Default: the name.", "enum": ["websocket", "sse", "auth", "rate_limit", "cors", "headers", "ip_filter", "logging", "dynamic_route"]},
        "enabled": {"$ref": "#/$defs/boolean", "description": "Default: true."},
        "is_global": {"$ref": "#/$defs/boolean", "description": "Runs for every route. Default: false."},
        "config": {"description": "Settings of the type.", "type": "object"}
      }, "allOf": [
        {"if": {"anyOf": [{"required": ["type"], "properties": {"type": {"const": "websocket"}}}, {"not": {"required": ["type"]}, "properties": {"name": {"const": "websocket"}}}]}, "then": {"properties": {"config": {"$ref": "#/$defs/webSocketPolicy"}}}},
        {"if": {"anyOf": [{"required": ["type"], "properties": {"type": {"const": "sse"}}}, {"not": {"required": ["type"]}, "properties": {"name": {"const": "sse"}}}]}, "then": {"properties": {"config": {"$ref": "#/$defs/eventStreamPolicy"}}}},
        {"if": {"anyOf": [{"required": ["type"], "properties": {"type": {"const": "auth"}}}, {"not": {"required": ["type"]}, "properties": {"name": {"const": "auth"}}}]}, "then": {"properties": {"config": {"$ref": "#/$defs/authPolicy"}}}},
        {"if": {"anyOf": [{"required": ["type"], "properties": {"type": {"const": "rate_limit"}}}, {"not": {"required": ["type"]}, "properties": {"name": {"const": "rate_limit"}}}]}, "then": {"properties": {"config": {"$ref": "#/$defs/rateLimitPolicy"}}}},
        {"if": {"anyOf": [{"required": ["type"], "properties": {"type": {"const": "cors"}}}, {"not": {"required": ["type"]}, "properties": {"name": {"const": "cors"}}}]}, "then": {"properties": {"config": {"$ref": "#/$defs/corsPolicy"}}}},
        {"if": {"anyOf": [{"required": ["type"], "properties": {"type": {"const": "headers"}}}, {"not": {"required": ["type"]}, "properties": {"name": {"const": "headers"}}}]}, "then": {"properties": {"config": {"$ref": "#/$defs/headersPolicy"}}}},
        {"if": {"anyOf": [{"required": ["type"], "properties": {"type": {"const": "ip_filter"}}}, {"not": {"required": ["type"]}, "properties": {"name": {"const": "ip_filter"}}}]}, "then": {"properties": {"config": {"$ref": "#/$defs/ipFilterPolicy"}}}},
        {"if": {"anyOf": [{"required": ["type"], "properties": {"type": {"const": "logging"}}}, {"not": {"required": ["type"]}, "properties": {"name": {"const": "logging"}}}]}, "then": {"properties": {"config": {"$ref": "#/$defs/loggingPolicy"}}}},
        {"if": {"anyOf": [{"required": ["type"], "properties": {"type": {"const": "dynamic_route"}}}, {"not": {"required": ["type"]}, "properties": {"name": {"const": "dynamic_route"}}}]}, "then": {"properties": {"config": {"$ref": "#/$defs/dynamicRoutePolicy"}}}}
      ]},
    "secret": {"description": "Where wsproxy finds a secret when it loads the table.", "type": "object", "additionalProperties": false, "oneOf": [{"required": ["env"]}, {"required": ["file"]}],
      "properties": {
        "env": {"$ref": "#/$defs/text", "description": "Name of an environment variable."},
        "file": {"$ref": "#/$defs/text", "description": "Path of a file."}
      }},
    "webSocketPolicy": {"description": "Settings of `websocket`.", "type": "object", "additionalProperties": false,
      "properties": {
        "path_patterns": {"description": "Paths that the policy is for.", "type": "array", "items": {"$ref": "#/$defs/text"}},
        "ping_interval": {"$ref": "#/$defs/duration", "description": "Between two pings."},
        "pong_timeout": {"$ref": "#/$defs/duration", "description": "Until a pong is due."},
        "read_timeout": {"$ref": "#/$defs/duration", "description": "Silence of the client."},
        "write_timeout": {"$ref": "#/$defs/duration", "description": "No progress towards the client."},
        "max_connections": {"$ref": "#/$defs/count", "description": "At once."},
        "max_connections_per_client": {"$ref": "#/$defs/count", "description": "At once, of one client."},
        "max_messages_per_minute": {"$ref": "#/$defs/count", "description": "With `enable_rate_limit`."},
        "enable_rate_limit": {"$ref": "#/$defs/boolean", "description": "Default: false."},
        "max_message_size": {"$ref": "#/$defs/size", "description": "Largest message."},
        "max_frame_size": {"$ref": "#/$defs/size", "description": "Largest frame."},
        "enable_origin_check": {"$ref": "#/$defs/boolean", "description": "Default: false."},
        "allowed_origins": {"description": "Origins such as `https://example.com`, or `*`.", "type": "array", "items": {"$ref": "#/$defs/text"}},
        "subprotocols": {"description": "Those that may be negotiated.", "type": "array", "items": {"$ref": "#/$defs/text"}},
        "connection_tracking": {"$ref": "#/$defs/boolean", "description": "Default: false."}
      }},
    "eventStreamPolicy": {"description": "Settings of `sse`.", "type": "object", "additionalProperties": false,
      "properties": {
        "heartbeat_interval": {"$ref": "#/$defs/duration", "description": "Between two comments."},
        "retry": {"$ref": "#/$defs/duration", "description": "What clients wait before they connect again."},
        "max_connections": {"$ref": "#/$defs/count", "description": "At once."},
        "max_connections_per_client": {"$ref": "#/$defs/count", "description": "At once, of one client."},
        "max_duration": {"$ref": "#/$defs/duration", "description": "Of one stream."}
      }},
    "authPolicy": {"description": "Settings of `auth`.", "type": "object", "additionalProperties": false,
      "properties": {
        "jwt_secret": {"description": "Secret of HS256 tokens.", "anyOf": [{"$ref": "#/$defs/text"}, {"$ref": "#/$defs/secret"}]},
        "jwt": {"$ref": "#/$defs/jwt"},
        "roles": {"description": "One of them is needed.", "type": "array", "items": {"$ref": "#/$defs/text"}},
        "roles_claim": {"$ref": "#/$defs/text", "description": "Default: roles."},
        "token_from": {"description": "`header`, `subprotocol`, `header:X`, `cookie:X`, `query:X`.", "type": "array", "items": {"$ref": "#/$defs/text"}},
        "forward_auth": {"$ref": "#/$defs/forwardAuth"},
        "basic": {"$ref": "#/$defs/basic"}
      }},
    "jwt": {"description": "How tokens are verified.", "type": "object", "additionalProperties": false, "required": ["algorithms"],
      "properties": {
        "algorithms": {"type": "array", "items": {"description": "RFC 7518.", "enum": ["HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]}, "minItems": 1},
        "secret": {"description": "For HS algorithms.", "anyOf": [{"$ref": "#/$defs/text"}, {"$ref": "#/$defs/secret"}]},
        "public_key": {"$ref": "#/$defs/text", "description": "PEM file."},
        "jwks_file": {"$ref": "#/$defs/text", "description": "JSON Web Key Set file."},
        "issuer": {"$ref": "#/$defs/text", "description": "Expected `iss`."},
        "audience": {"description": "Expected `aud`.", "anyOf": [{"$ref": "#/$defs/text"}, {"type": "array", "items": {"$ref": "#/$defs/text"}}]},
        "leeway": {"$ref": "#/$defs/duration", "description": "For clocks that differ."}
      }},
    "forwardAuth": {"description": "Another service decides.", "type": "object", "additionalProperties": false, "required": ["url"],
      "properties": {
        "url": {"$ref": "#/$defs/text", "description": "Its URL."},
        "headers": {"description": "Headers of its answer to pass on.", "type": "array", "items": {"$ref": "#/$defs/text"}}
      }},
    "basic": {"description": "HTTP basic authentication.", "type": "object", "additionalProperties": false, "required": ["users_file"],
      "properties": {
        "users_file": {"$ref": "#/$defs/text", "description": "File with names and password hashes."}
      }},
    "rateLimitPolicy": {"description": "Settings of `rate_limit`.", "type": "object", "additionalProperties": false, "required": ["requests_per_minute"],
      "properties": {
        "requests_per_minute": {"$ref": "#/$defs/count", "description": "For each key."},
        "burst_size": {"$ref": "#/$defs/count", "description": "At once."},
        "key": {"$ref": "#/$defs/text", "description": "`client_ip`, `header:X` or `claim:X`."}
      }},
    "corsPolicy": {"description": "Settings of `cors`.", "type": "object", "additionalProperties": false,
      "properties": {
        "allowed_origins": {"type": "array", "items": {"$ref": "#/$defs/text"}},
        "allowed_methods": {"type": "array", "items": {"$ref": "#/$defs/text"}},
        "allowed_headers": {"type": "array", "items": {"$ref": "#/$defs/text"}},
        "allow_credentials": {"$ref": "#/$defs/boolean", "description": "Not together with the origin `*`."},
        "max_age": {"$ref": "#/$defs/duration", "description": "Of a preflight answer."}
      }},
    "headersPolicy": {"description": "Settings of `headers`.", "type": "object", "additionalProperties": false,
      "properties": {
        "request": {"$ref": "#/$defs/headerChanges"},
        "response": {"$ref": "#/$defs/headerChanges"}
      }},
    "headerChanges": {"description": "Values may use {client_ip}, {host}, {tenant}, {request_id} and {claim.sub}.", "type": "object", "additionalProperties": false,
      "properties": {
        "set": {"$ref": "#/$defs/conditions"},
        "add": {"$ref": "#/$defs/conditions"},
        "remove": {"type": "array", "items": {"$ref": "#/$defs/text"}}
      }},
    "ipFilterPolicy": {"description": "Settings of `ip_filter`.", "type": "object", "additionalProperties": false,
      "properties": {
        "allow": {"type": "array", "items": {"$ref": "#/$defs/text"}},
        "deny": {"type": "array", "items": {"$ref": "#/$defs/text"}}
      }},
    "loggingPolicy": {"description": "Settings of `logging`.", "type": "object", "additionalProperties": false,
      "properties": {
        "log_level": {"description": "Least level.", "enum": ["trace", "debug", "info", "notice", "warn", "warning", "error"]},
        "format": {"description": "Of the lines.", "enum": ["text", "json"]},
        "output": {"$ref": "#/$defs/text", "description": "`stdout`, `stderr` or a path."},
        "sample": {"description": "Share of requests.", "type": "number", "exclusiveMinimum": 0, "maximum": 1}
      }},
    "dynamicRoutePolicy": {"description": "Settings of `dynamic_route`.", "type": "object", "additionalProperties": false, "required": ["from", "services"],
      "properties": {
        "from": {"$ref": "#/$defs/text", "description": "`header:X`, `cookie:X`, `query:X` or `claim:X`."},
        "services": {"description": "Value: service.", "type": "object", "additionalProperties": {"$ref": "#/$defs/text"}},
        "default": {"$ref": "#/$defs/text", "description": "Service for other values."}
      }}
  }
}
"""#
