// Made from schema/wsroute.schema.json by SchemaTests.
// swift-format-ignore-file

let schemaText2 = #"""
        },
        "write_timeout": {
          "$ref": "#/$defs/duration",
          "description": "No progress towards the backend."
        },
        "dial_timeout": {"$ref": "#/$defs/duration", "description": "Connecting to a backend."},
        "retry": {"$ref": "#/$defs/retry"},
        "circuit_breaker": {"$ref": "#/$defs/circuitBreaker"},
        "fallback_service": {
          "$ref": "#/$defs/text",
          "description": "Service that takes over when no backend can be had."
        },
        "upstream_proxy": {
          "$ref": "#/$defs/text",
          "description": "`none`, `environment`, or a socks5, http or https URL."
        },
        "tls": {"$ref": "#/$defs/upstreamTLS"}
      }
    },
    "loadBalancer": {
      "description": "Several backends.",
      "type": "object",
      "additionalProperties": false,
      "required": ["backends"],
      "properties": {
        "strategy": {
          "description": "How a backend is chosen. Default: round_robin.",
          "enum": [
            "round_robin", "weighted_round_robin", "least_connections", "ip_hash", "random",
            "weighted_random", "response_time", "consistent_hash"
          ]
        },
        "hash_key": {
          "$ref": "#/$defs/text",
          "description": "What consistent_hash looks at: client_ip (default), header:X, cookie:X or capture:X."
        },
        "backends": {
          "description": "The members.",
          "type": "array",
          "items": {"$ref": "#/$defs/backend"},
          "minItems": 1
        },
        "session_affinity": {"$ref": "#/$defs/sessionAffinity"}
      }
    },
    "backend": {
      "description": "One member of a service.",
      "type": "object",
      "additionalProperties": false,
      "required": ["url"],
      "properties": {
        "url": {"$ref": "#/$defs/text", "description": "ws, wss, http or https."},
        "weight": {"$ref": "#/$defs/weight"}
      }
    },
    "sessionAffinity": {
      "description": "Keeps a client at its backend by a cookie.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "enabled": {"$ref": "#/$defs/boolean", "description": "Default: true."},
        "cookie_name": {"$ref": "#/$defs/text", "description": "Default: wsroute."},
        "timeout": {"$ref": "#/$defs/duration", "description": "Default: 1h."}
      }
    },
    "healthCheck": {
      "description": "Probes backends.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "path": {"$ref": "#/$defs/text", "description": "Default: /."},
        "interval": {"$ref": "#/$defs/duration", "description": "Default: 30s."},
        "timeout": {"$ref": "#/$defs/duration", "description": "Default: 5s."},
        "healthy_threshold": {"$ref": "#/$defs/count", "description": "Default: 1."},
        "unhealthy_threshold": {"$ref": "#/$defs/count", "description": "Default: 3."},
        "expect": {
          "description": "Status codes that are healthy. Default: 200-399.",
          "anyOf": [
            {"$ref": "#/$defs/statusRange"},
            {"type": "array", "items": {"$ref": "#/$defs/statusRange"}}
          ]
        }
      }
    },
    "retry": {
      "description": "Tries another backend.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "attempts": {
          "description": "Default: 2.",
          "anyOf": [
            {"type": "integer", "minimum": 1, "maximum": 100},
            {"$ref": "#/$defs/reference"}
          ]
        },
        "backoff": {"$ref": "#/$defs/duration", "description": "Default: 100ms."},
        "max_backoff": {"$ref": "#/$defs/duration", "description": "Default: 2s."},
        "on": {
          "description": "Default: [connect_failure].",
          "type": "array",
          "items": {
            "anyOf": [
              {"const": "connect_failure"},
              {"type": "integer", "minimum": 500, "maximum": 599},
              {"$ref": "#/$defs/reference"}
            ]
          }
        }
      }
    },
    "circuitBreaker": {
      "description": "Limits of a service, and when a backend is left out.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "max_connections": {"$ref": "#/$defs/count", "description": "At once."},
        "max_pending": {"$ref": "#/$defs/count", "description": "Waiting requests."},
        "consecutive_failures": {
          "$ref": "#/$defs/count",
          "description": "Until a backend is left out."
        },
        "ejection_time": {"$ref": "#/$defs/duration", "description": "How long it is left out."}
      }
    },
    "upstreamTLS": {
      "description": "How backends are verified.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "ca": {
          "$ref": "#/$defs/text",
          "description": "PEM file with the authorities; default: those of the system."
        },
        "certificate": {
          "$ref": "#/$defs/text",
          "description": "PEM file with the client certificate."
        },
        "key": {"$ref": "#/$defs/text", "description": "PEM file with its key."},
        "server_name": {
          "$ref": "#/$defs/text",
          "description": "Name to verify and to send as SNI."
        },
        "insecure_skip_verify": {
          "$ref": "#/$defs/boolean",
          "description": "Do not verify. Draws a warning."
        },
        "min_version": {"$ref": "#/$defs/tlsVersion"}
      }
    },
    "hostRule": {
      "description": "A virtual host and its routes.",
      "type": "object",
      "additionalProperties": false,
      "required": ["pattern"],
      "properties": {
        "pattern": {
          "$ref": "#/$defs/text",
          "description": "`ws.example.com`, `*.example.com`, `.example.com`, `~regex`, `*` or an address."
        },
        "port": {
          "$ref": "#/$defs/port",
          "description": "Only requests that came in on this listener port."
        },
        "target": {"$ref": "#/$defs/text", "description": "Service for what no route takes."},
        "middlewares": {
          "description": "Names of middlewares, in order.",
          "type": "array",
          "items": {"$ref": "#/$defs/text"}
        },
        "order": {
          "description": "How routes are ranked. Default: specific.",
          "enum": ["specific", "declared"]
        },
        "route_rules": {
          "description": "The routes of this host.",
          "type": "array",
          "items": {"$ref": "#/$defs/route"}
        }
      }
    },
    "route": {
      "description": "Which requests, and what happens with them.",
      "type": "object",
      "additionalProperties": false,
      "required": ["pattern"],
      "properties": {
        "pattern": {
          "$ref": "#/$defs/text",
          "description": "`/ws`, `/ws/*`, `/users/{id}`, `/rest/{path...}`, `~regex` or `^regex`."
        },
        "name": {"$ref": "#/$defs/text", "description": "Shown in logs, metrics and explain."},
        "match": {"$ref": "#/$defs/match"},
        "target": {"$ref": "#/$defs/text", "description": "Name of a service."},
        "targets": {
          "description": "Services by weight.",
          "type": "array",
          "items": {"$ref": "#/$defs/weightedService"},
          "minItems": 1
        },
        "middlewares": {
          "description": "Names of middlewares, in order.",
          "type": "array",
          "items": {"$ref": "#/$defs/text"}
        },
        "priority": {
          "description": "Higher wins. Default: 0.",
          "anyOf": [
            {"type": "integer", "minimum": -1000000, "maximum": 1000000},
            {"$ref": "#/$defs/reference"}
          ]
        },
        "rewrite": {"$ref": "#/$defs/rewrite"},
        "redirect": {"$ref": "#/$defs/redirect"},
        "respond": {"$ref": "#/$defs/respond"}
      }
    },
    "match": {
      "description": "Further conditions; all must hold.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "protocol": {"description": "Kind of request.", "enum": ["websocket", "sse", "http"]},
        "methods": {
          "description": "HTTP methods.",
          "type": "array",
          "items": {"$ref": "#/$defs/text"},
          "minItems": 1
        },
        "headers": {
          "$ref": "#/$defs/conditions",
          "description": "By header name; a value that begins with `~` is a regex."
        },
        "query": {
          "$ref": "#/$defs/conditions",
          "description": "By parameter; a value that begins with `~` is a regex."
        },
        "cookies": {
          "$ref": "#/$defs/conditions",
          "description": "By cookie name; a value that begins with `~` is a regex."
        },
        "client_ip": {
          "description": "Addresses and ranges.",
          "type": "array",
          "items": {"$ref": "#/$defs/text"},
          "minItems": 1
        }
      }
    },
    "weightedService": {
      "description": "A service and its share.",
      "type": "object",
      "additionalProperties": false,
      "required": ["service"],
      "properties": {
        "service": {"$ref": "#/$defs/text", "description": "Name of a service."},
        "weight": {"$ref": "#/$defs/weight"}
      }
    },
    "rewrite": {
      "description": "Changes the forwarded path.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "strip_prefix": {
          "$ref": "#/$defs/text",
          "description": "Whole segments to remove from the start."
        },
        "add_prefix": {
          "$ref": "#/$defs/text",
          "description": "Put before the path, after stripping."
        },
        "path": {
          "$ref": "#/$defs/text",
          "description": "The whole new path; may hold `{name}`, `{host}` and `{path}`."
        }
      }
    },
    "redirect": {
      "description": "Answers with a redirect.",
      "type": "object",
      "additionalProperties": false,
      "required": ["to"],
      "properties": {
        "to": {
          "$ref": "#/$defs/text",
          "description": "URL or path; may hold `{name}`, `{host}`, `{path}` and `{query}`."
        },
        "status": {"description": "Default: 302.", "enum": [301, 302, 303, 307, 308]}
      }
    },
    "respond": {
      "description": "Answers without a backend.",
      "type": "object",
      "additionalProperties": false,
      "required": ["status"],
      "properties": {
        "status": {"type": "integer", "minimum": 200, "maximum": 599},
        "body": {"type": "string", "maxLength": 65536},
        "content_type": {
          "$ref": "#/$defs/text",
          "description": "Default: text/plain; charset=utf-8."
        }
      }
    },
    "middleware": {
      "description": "A named policy. No type has an effect in this version.",
      "type": "object",
      "additionalProperties": false,
      "required": ["name"],
      "properties": {
        "name": {"$ref": "#/$defs/text", "description": "Name in `middlewares` lists."},
        "type": {
          "description": "Default: the name.",
          "enum": [
            "websocket", "sse", "auth", "rate_limit", "cors", "headers", "ip_filter", "logging",
            "dynamic_route"
          ]
        },
        "enabled": {"$ref": "#/$defs/boolean", "description": "Default: true."},
        "is_global": {
          "$ref": "#/$defs/boolean",
          "description": "Runs for every route. Default: false."
        },
        "config": {"description": "Settings of the type.", "type": "object"}
      },
      "allOf": [
        {
          "if": {
            "anyOf": [
              {"required": ["type"], "properties": {"type": {"const": "websocket"}}},
              {"not": {"required": ["type"]}, "properties": {"name": {"const": "websocket"}}}
            ]
          },
          "then": {"properties": {"config": {"$ref": "#/$defs/webSocketPolicy"}}}
        },
        {
          "if": {
            "anyOf": [
              {"required": ["type"], "properties": {"type": {"const": "sse"}}},
              {"not": {"required": ["type"]}, "properties": {"name": {"const": "sse"}}}
            ]
          },
          "then": {"properties": {"config": {"$ref": "#/$defs/eventStreamPolicy"}}}
        },
        {
          "if": {
            "anyOf": [
              {"required": ["type"], "properties": {"type": {"const": "auth"}}},
              {"not": {"required": ["type"]}, "properties": {"name": {"const": "auth"}}}
"""#
