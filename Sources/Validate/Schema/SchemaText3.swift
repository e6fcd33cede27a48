// Made from schema/wsroute.schema.json by SchemaTests.
// swift-format-ignore-file

let schemaText3 = #"""
            ]
          },
          "then": {"properties": {"config": {"$ref": "#/$defs/authPolicy"}}}
        },
        {
          "if": {
            "anyOf": [
              {"required": ["type"], "properties": {"type": {"const": "rate_limit"}}},
              {"not": {"required": ["type"]}, "properties": {"name": {"const": "rate_limit"}}}
            ]
          },
          "then": {"properties": {"config": {"$ref": "#/$defs/rateLimitPolicy"}}}
        },
        {
          "if": {
            "anyOf": [
              {"required": ["type"], "properties": {"type": {"const": "cors"}}},
              {"not": {"required": ["type"]}, "properties": {"name": {"const": "cors"}}}
            ]
          },
          "then": {"properties": {"config": {"$ref": "#/$defs/corsPolicy"}}}
        },
        {
          "if": {
            "anyOf": [
              {"required": ["type"], "properties": {"type": {"const": "headers"}}},
              {"not": {"required": ["type"]}, "properties": {"name": {"const": "headers"}}}
            ]
          },
          "then": {"properties": {"config": {"$ref": "#/$defs/headersPolicy"}}}
        },
        {
          "if": {
            "anyOf": [
              {"required": ["type"], "properties": {"type": {"const": "ip_filter"}}},
              {"not": {"required": ["type"]}, "properties": {"name": {"const": "ip_filter"}}}
            ]
          },
          "then": {"properties": {"config": {"$ref": "#/$defs/ipFilterPolicy"}}}
        },
        {
          "if": {
            "anyOf": [
              {"required": ["type"], "properties": {"type": {"const": "logging"}}},
              {"not": {"required": ["type"]}, "properties": {"name": {"const": "logging"}}}
            ]
          },
          "then": {"properties": {"config": {"$ref": "#/$defs/loggingPolicy"}}}
        },
        {
          "if": {
            "anyOf": [
              {"required": ["type"], "properties": {"type": {"const": "dynamic_route"}}},
              {"not": {"required": ["type"]}, "properties": {"name": {"const": "dynamic_route"}}}
            ]
          },
          "then": {"properties": {"config": {"$ref": "#/$defs/dynamicRoutePolicy"}}}
        }
      ]
    },
    "secret": {
      "description": "Where wsproxy finds a secret when it loads the table.",
      "type": "object",
      "additionalProperties": false,
      "oneOf": [{"required": ["env"]}, {"required": ["file"]}],
      "properties": {
        "env": {"$ref": "#/$defs/text", "description": "Name of an environment variable."},
        "file": {"$ref": "#/$defs/text", "description": "Path of a file."}
      }
    },
    "webSocketPolicy": {
      "description": "Settings of `websocket`.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "path_patterns": {
          "description": "Paths that the policy is for.",
          "type": "array",
          "items": {"$ref": "#/$defs/text"}
        },
        "ping_interval": {"$ref": "#/$defs/duration", "description": "Between two pings."},
        "pong_timeout": {"$ref": "#/$defs/duration", "description": "Until a pong is due."},
        "read_timeout": {"$ref": "#/$defs/duration", "description": "Silence of the client."},
        "write_timeout": {
          "$ref": "#/$defs/duration",
          "description": "No progress towards the client."
        },
        "max_connections": {"$ref": "#/$defs/count", "description": "At once."},
        "max_connections_per_client": {
          "$ref": "#/$defs/count",
          "description": "At once, of one client."
        },
        "max_messages_per_minute": {
          "$ref": "#/$defs/count",
          "description": "With `enable_rate_limit`."
        },
        "enable_rate_limit": {"$ref": "#/$defs/boolean", "description": "Default: false."},
        "max_message_size": {"$ref": "#/$defs/size", "description": "Largest message."},
        "max_frame_size": {"$ref": "#/$defs/size", "description": "Largest frame."},
        "enable_origin_check": {"$ref": "#/$defs/boolean", "description": "Default: false."},
        "allowed_origins": {
          "description": "Origins such as `https://example.com`, or `*`.",
          "type": "array",
          "items": {"$ref": "#/$defs/text"}
        },
        "subprotocols": {
          "description": "Those that may be negotiated.",
          "type": "array",
          "items": {"$ref": "#/$defs/text"}
        },
        "connection_tracking": {"$ref": "#/$defs/boolean", "description": "Default: false."}
      }
    },
    "eventStreamPolicy": {
      "description": "Settings of `sse`.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "heartbeat_interval": {"$ref": "#/$defs/duration", "description": "Between two comments."},
        "retry": {
          "$ref": "#/$defs/duration",
          "description": "What clients wait before they connect again."
        },
        "max_connections": {"$ref": "#/$defs/count", "description": "At once."},
        "max_connections_per_client": {
          "$ref": "#/$defs/count",
          "description": "At once, of one client."
        },
        "max_duration": {"$ref": "#/$defs/duration", "description": "Of one stream."}
      }
    },
    "authPolicy": {
      "description": "Settings of `auth`.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "jwt_secret": {
          "description": "Secret of HS256 tokens.",
          "anyOf": [{"$ref": "#/$defs/text"}, {"$ref": "#/$defs/secret"}]
        },
        "jwt": {"$ref": "#/$defs/jwt"},
        "roles": {
          "description": "One of them is needed.",
          "type": "array",
          "items": {"$ref": "#/$defs/text"}
        },
        "roles_claim": {"$ref": "#/$defs/text", "description": "Default: roles."},
        "token_from": {
          "description": "`header`, `subprotocol`, `header:X`, `cookie:X`, `query:X`.",
          "type": "array",
          "items": {"$ref": "#/$defs/text"}
        },
        "forward_auth": {"$ref": "#/$defs/forwardAuth"},
        "basic": {"$ref": "#/$defs/basic"}
      }
    },
    "jwt": {
      "description": "How tokens are verified.",
      "type": "object",
      "additionalProperties": false,
      "required": ["algorithms"],
      "properties": {
        "algorithms": {
          "type": "array",
          "items": {
            "description": "RFC 7518.",
            "enum": [
              "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512",
              "ES256", "ES384", "ES512", "EdDSA"
            ]
          },
          "minItems": 1
        },
        "secret": {
          "description": "For HS algorithms.",
          "anyOf": [{"$ref": "#/$defs/text"}, {"$ref": "#/$defs/secret"}]
        },
        "public_key": {"$ref": "#/$defs/text", "description": "PEM file."},
        "jwks_file": {"$ref": "#/$defs/text", "description": "JSON Web Key Set file."},
        "issuer": {"$ref": "#/$defs/text", "description": "Expected `iss`."},
        "audience": {
          "description": "Expected `aud`.",
          "anyOf": [{"$ref": "#/$defs/text"}, {"type": "array", "items": {"$ref": "#/$defs/text"}}]
        },
        "leeway": {"$ref": "#/$defs/duration", "description": "For clocks that differ."}
      }
    },
    "forwardAuth": {
      "description": "Another service decides.",
      "type": "object",
      "additionalProperties": false,
      "required": ["url"],
      "properties": {
        "url": {"$ref": "#/$defs/text", "description": "Its URL."},
        "headers": {
          "description": "Headers of its answer to pass on.",
          "type": "array",
          "items": {"$ref": "#/$defs/text"}
        }
      }
    },
    "basic": {
      "description": "HTTP basic authentication.",
      "type": "object",
      "additionalProperties": false,
      "required": ["users_file"],
      "properties": {
        "users_file": {
          "$ref": "#/$defs/text",
          "description": "File with names and password hashes."
        }
      }
    },
    "rateLimitPolicy": {
      "description": "Settings of `rate_limit`.",
      "type": "object",
      "additionalProperties": false,
      "required": ["requests_per_minute"],
      "properties": {
        "requests_per_minute": {"$ref": "#/$defs/count", "description": "For each key."},
        "burst_size": {"$ref": "#/$defs/count", "description": "At once."},
        "key": {"$ref": "#/$defs/text", "description": "`client_ip`, `header:X` or `claim:X`."}
      }
    },
    "corsPolicy": {
      "description": "Settings of `cors`.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "allowed_origins": {"type": "array", "items": {"$ref": "#/$defs/text"}},
        "allowed_methods": {"type": "array", "items": {"$ref": "#/$defs/text"}},
        "allowed_headers": {"type": "array", "items": {"$ref": "#/$defs/text"}},
        "allow_credentials": {
          "$ref": "#/$defs/boolean",
          "description": "Not together with the origin `*`."
        },
        "max_age": {"$ref": "#/$defs/duration", "description": "Of a preflight answer."}
      }
    },
    "headersPolicy": {
      "description": "Settings of `headers`.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "request": {"$ref": "#/$defs/headerChanges"},
        "response": {"$ref": "#/$defs/headerChanges"}
      }
    },
    "headerChanges": {
      "description": "Values may use {client_ip}, {host}, {tenant}, {request_id} and {claim.sub}.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "set": {"$ref": "#/$defs/conditions"},
        "add": {"$ref": "#/$defs/conditions"},
        "remove": {"type": "array", "items": {"$ref": "#/$defs/text"}}
      }
    },
    "ipFilterPolicy": {
      "description": "Settings of `ip_filter`.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "allow": {"type": "array", "items": {"$ref": "#/$defs/text"}},
        "deny": {"type": "array", "items": {"$ref": "#/$defs/text"}}
      }
    },
    "loggingPolicy": {
      "description": "Settings of `logging`.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "log_level": {
          "description": "Least level.",
          "enum": ["trace", "debug", "info", "notice", "warn", "warning", "error"]
        },
        "format": {
          "description": "Of the lines: a word, or text with fields in braces.",
          "anyOf": [{"enum": ["text", "json"]}, {"type": "string", "pattern": "\\{[a-z_]+\\}"}]
        },
        "output": {"$ref": "#/$defs/text", "description": "`stdout`, `stderr` or a path."},
        "sample": {
          "description": "Share of requests.",
          "type": "number",
          "exclusiveMinimum": 0,
          "maximum": 1
        }
      }
    },
    "dynamicRoutePolicy": {
      "description": "Settings of `dynamic_route`.",
      "type": "object",
      "additionalProperties": false,
      "required": ["from", "services"],
      "properties": {
        "from": {
          "$ref": "#/$defs/text",
          "description": "`header:X`, `cookie:X`, `query:X` or `claim:X`."
        },
        "services": {
          "description": "Value: service.",
          "type": "object",
          "additionalProperties": {"$ref": "#/$defs/text"}
        },
        "default": {"$ref": "#/$defs/text", "description": "Service for other values."}
      }
    }
  }
}
"""#
