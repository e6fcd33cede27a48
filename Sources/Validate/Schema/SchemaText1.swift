// Made from schema/wsroute.schema.json by SchemaTests.
// swift-format-ignore-file

let schemaText1 = #"""
{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "wsroute configuration",
  "description": "Hosts, routes, services and middlewares of a wsroute configuration.",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "config_dir": {
      "$ref": "#/$defs/text",
      "description": "Folder with fragments (*.yaml, *.yml), relative to this file."
    },
    "listeners": {
      "description": "What the proxy listens on. Default: `advanced.port` and the ports of host rules.",
      "type": "array",
      "items": {"$ref": "#/$defs/listener"}
    },
    "advanced": {"$ref": "#/$defs/advanced"},
    "services": {
      "description": "Where requests go: a map of names, or a list of services with `name`.",
      "oneOf": [
        {"type": "object", "additionalProperties": {"$ref": "#/$defs/service"}},
        {"type": "array", "items": {"$ref": "#/$defs/listedService"}}
      ]
    },
    "host_rules": {
      "description": "Virtual hosts.",
      "type": "array",
      "items": {"$ref": "#/$defs/hostRule"}
    },
    "route_rules": {
      "description": "Routes of the default host `*`.",
      "type": "array",
      "items": {"$ref": "#/$defs/route"}
    },
    "middlewares": {
      "description": "Definitions of middlewares.",
      "type": "array",
      "items": {"$ref": "#/$defs/middleware"}
    },
    "middleware_services": {
      "description": "Another name for `middlewares`.",
      "type": "array",
      "items": {"$ref": "#/$defs/middleware"}
    },
    "fallback": {"description": "For a later version; no effect.", "type": "object"},
    "alerts": {"description": "For a later version; no effect.", "type": "object"}
  },
  "$defs": {
    "reference": {
      "description": "A value from the environment: ${NAME} or ${NAME:-default}.",
      "type": "string",
      "pattern": "\\$\\{"
    },
    "text": {"type": ["string", "number"]},
    "boolean": {"anyOf": [{"type": "boolean"}, {"$ref": "#/$defs/reference"}]},
    "port": {
      "anyOf": [{"type": "integer", "minimum": 1, "maximum": 65535}, {"$ref": "#/$defs/reference"}]
    },
    "weight": {
      "description": "Default: 1.",
      "anyOf": [{"type": "integer", "minimum": 1, "maximum": 65535}, {"$ref": "#/$defs/reference"}]
    },
    "count": {
      "anyOf": [
        {"type": "integer", "minimum": 1, "maximum": 1000000000},
        {"$ref": "#/$defs/reference"}
      ]
    },
    "countOrZero": {
      "anyOf": [
        {"type": "integer", "minimum": 0, "maximum": 1000000000},
        {"$ref": "#/$defs/reference"}
      ]
    },
    "duration": {
      "description": "Seconds, or a number with ms, s, m or h.",
      "anyOf": [
        {"type": "number", "exclusiveMinimum": 0},
        {"type": "string", "pattern": "^[0-9]+(\\.[0-9]{1,3})?(ms|s|m|h)$"},
        {"$ref": "#/$defs/reference"}
      ]
    },
    "size": {
      "description": "Bytes, or a number with KB, MB, GB, KiB, MiB or GiB.",
      "anyOf": [
        {"type": "number", "minimum": 0},
        {"type": "string", "pattern": "^[0-9]+(\\.[0-9]{1,3})?([KkMmGg][Ii]?)?[Bb]$"},
        {"$ref": "#/$defs/reference"}
      ]
    },
    "statusRange": {
      "anyOf": [
        {"type": "integer", "minimum": 100, "maximum": 599},
        {"type": "string", "pattern": "^[1-5][0-9][0-9](-[1-5][0-9][0-9])?$"},
        {"$ref": "#/$defs/reference"}
      ]
    },
    "tlsVersion": {
      "description": "Lowest TLS version. Default: 1.2.",
      "enum": ["1.2", "1.3", 1.2, 1.3]
    },
    "conditions": {"type": "object", "additionalProperties": {"$ref": "#/$defs/text"}},
    "listener": {
      "description": "An address and port to accept connections on.",
      "type": "object",
      "additionalProperties": false,
      "required": ["port"],
      "properties": {
        "address": {
          "$ref": "#/$defs/text",
          "description": "IP address; all addresses if left out."
        },
        "port": {"$ref": "#/$defs/port"},
        "tls": {"$ref": "#/$defs/listenerTLS"},
        "proxy_protocol": {
          "$ref": "#/$defs/boolean",
          "description": "Connections begin with a PROXY protocol header, from one of trusted_proxies if there are any."
        }
      }
    },
    "listenerTLS": {
      "description": "How a listener speaks TLS.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "certificate": {
          "$ref": "#/$defs/text",
          "description": "PEM file with the certificate chain."
        },
        "key": {"$ref": "#/$defs/text", "description": "PEM file with the private key."},
        "certificates": {
          "description": "Several certificates, chosen by the client's SNI.",
          "type": "array",
          "items": {"$ref": "#/$defs/certificate"}
        },
        "client_ca": {
          "$ref": "#/$defs/text",
          "description": "PEM file with the authorities of client certificates."
        },
        "client_auth": {
          "description": "Whether clients must have a certificate.",
          "enum": ["optional", "require"]
        },
        "min_version": {"$ref": "#/$defs/tlsVersion"}
      }
    },
    "certificate": {
      "description": "A certificate and its key.",
      "type": "object",
      "additionalProperties": false,
      "required": ["certificate", "key"],
      "properties": {
        "certificate": {
          "$ref": "#/$defs/text",
          "description": "PEM file with the certificate chain."
        },
        "key": {"$ref": "#/$defs/text", "description": "PEM file with the private key."}
      }
    },
    "advanced": {
      "description": "Settings of the whole proxy.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "port": {
          "$ref": "#/$defs/port",
          "description": "Port to listen on without `listeners`. Default: 8080."
        },
        "workers": {
          "description": "Threads; `auto` is one per core.",
          "anyOf": [
            {"const": "auto"},
            {"type": "integer", "minimum": 1, "maximum": 1024},
            {"$ref": "#/$defs/reference"}
          ]
        },
        "timeout": {"$ref": "#/$defs/timeout"},
        "security": {"$ref": "#/$defs/security"},
        "path": {"$ref": "#/$defs/path"},
        "buffer_size": {"$ref": "#/$defs/bufferSize"},
        "connection_pool": {"$ref": "#/$defs/connectionPool"},
        "limits": {"$ref": "#/$defs/limits"},
        "concurrency": {"$ref": "#/$defs/concurrency"}
      }
    },
    "timeout": {
      "description": "Times; services may have their own.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "read_timeout": {
          "$ref": "#/$defs/duration",
          "description": "Silence of a peer that owes bytes."
        },
        "write_timeout": {
          "$ref": "#/$defs/duration",
          "description": "No progress towards a peer that does not read."
        },
        "dial_timeout": {"$ref": "#/$defs/duration", "description": "Connecting to a backend."},
        "header_timeout": {"$ref": "#/$defs/duration", "description": "A whole request head."},
        "idle_timeout": {
          "$ref": "#/$defs/duration",
          "description": "Between two requests of a connection."
        }
      }
    },
    "security": {
      "description": "What is refused, and whom to believe.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "deny_hidden_files": {
          "$ref": "#/$defs/boolean",
          "description": "404 for paths with a segment that begins with a dot, `.well-known` excepted."
        },
        "trusted_proxies": {
          "description": "Addresses and ranges whose X-Forwarded-For is believed.",
          "type": "array",
          "items": {"$ref": "#/$defs/text"}
        },
        "max_header_bytes": {"$ref": "#/$defs/size", "description": "Largest request head."},
        "max_body_bytes": {"$ref": "#/$defs/size", "description": "Largest request body."},
        "max_url_bytes": {"$ref": "#/$defs/size", "description": "Longest request target."}
      }
    },
    "path": {
      "description": "How paths are made canonical.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "merge_slashes": {
          "$ref": "#/$defs/boolean",
          "description": "Merge `//` instead of refusing it."
        },
        "encoded_slash": {
          "description": "Refuse `%2F` and `%5C`, or keep them inside their segment.",
          "enum": ["refuse", "keep"]
        }
      }
    },
    "bufferSize": {
      "description": "Bytes held for a peer that does not take them.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "read_buffer": {"$ref": "#/$defs/size", "description": "Towards the client."},
        "write_buffer": {"$ref": "#/$defs/size", "description": "Towards the backend."}
      }
    },
    "connectionPool": {
      "description": "Connections to backends.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "max_idle_connections": {"$ref": "#/$defs/countOrZero", "description": "Idle ones kept."},
        "max_active_connections": {
          "$ref": "#/$defs/count",
          "description": "To one backend, in use at once."
        },
        "idle_timeout": {"$ref": "#/$defs/duration", "description": "How long idle ones are kept."}
      }
    },
    "limits": {
      "description": "How many clients there may be.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "max_connections": {"$ref": "#/$defs/count", "description": "Clients at once."},
        "max_connections_per_client": {
          "$ref": "#/$defs/count",
          "description": "Connections of one client at once."
        }
      }
    },
    "concurrency": {
      "description": "Accepted from older files; no effect.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "max_goroutines": {"$ref": "#/$defs/count", "description": "No effect."},
        "goroutine_stack_size": {"$ref": "#/$defs/size", "description": "No effect."}
      }
    },
    "service": {
      "description": "Backends and how to talk to them.",
      "type": "object",
      "additionalProperties": false,
      "oneOf": [{"required": ["url"]}, {"required": ["load_balancer"]}],
      "properties": {
        "url": {
          "$ref": "#/$defs/text",
          "description": "ws, wss, http or https; a path is prefixed to the forwarded path."
        },
        "proxy_host": {
          "$ref": "#/$defs/text",
          "description": "Host (and SNI) sent to the backend."
        },
        "load_balancer": {"$ref": "#/$defs/loadBalancer"},
        "health_check": {"$ref": "#/$defs/healthCheck"},
        "ping_interval": {
          "$ref": "#/$defs/duration",
          "description": "WebSocket keep-alive. No effect in this version."
        },
        "read_timeout": {
          "$ref": "#/$defs/duration",
          "description": "Silence of the backend; after an upgrade, of both sides."
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
    "listedService": {
      "description": "A service with its name.",
      "type": "object",
      "additionalProperties": false,
      "required": ["name"],
      "oneOf": [{"required": ["url"]}, {"required": ["load_balancer"]}],
      "properties": {
        "name": {"$ref": "#/$defs/text", "description": "Name of the service."},
        "url": {
          "$ref": "#/$defs/text",
          "description": "ws, wss, http or https; a path is prefixed to the forwarded path."
        },
        "proxy_host": {
          "$ref": "#/$defs/text",
          "description": "Host (and SNI) sent to the backend."
        },
        "load_balancer": {"$ref": "#/$defs/loadBalancer"},
        "health_check": {"$ref": "#/$defs/healthCheck"},
        "ping_interval": {
          "$ref": "#/$defs/duration",
          "description": "WebSocket keep-alive. No effect in this version."
        },
        "read_timeout": {
          "$ref": "#/$defs/duration",
          "description": "Silence of the backend; after an upgrade, of both sides."
"""#
