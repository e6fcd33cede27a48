import JSON

extension TableDump {
    /// The dump as one line of JSON, without a newline. Equal tables give equal text.
    package var json: String {
        var json = JSONText()
        json.object { json in
            json.member("format", formatText)
            json.member("digest", digestText)
            json.key("path")
            json.object { json in
                for (name, value) in settings.pathOptions { json.member(name, value) }
            }
            json.key("worst_case")
            json.object { json in
                for (name, value) in worstCase { json.member(name, value) }
                json.member("regex_steps", requestStepsMax)
            }
            json.key("settings")
            json.object { json in
                for (name, value) in settings.values { json.member(name, value) }
                json.member("trusted_proxies", settings.trustedProxies)
            }
            json.key("listeners")
            json.array { json in for listener in settings.listeners { write(listener, to: &json) } }
            json.key("services")
            json.array { json in
                for (service, fallback) in zip(services, fallbacks) {
                    write(service, fallback, to: &json)
                }
            }
            json.key("middlewares")
            json.array { json in for middleware in middlewares { write(middleware, to: &json) } }
            json.key("guards")
            json.array { json in
                for guardPolicy in guards {
                    json.object { json in
                        json.member("name", guardPolicy.name)
                        for (name, value) in guardPolicy.facts(services) {
                            json.member(name, value)
                        }
                    }
                }
            }
            json.key("hosts")
            json.array { json in for host in hosts { write(host, to: &json) } }
            json.member("alerts", objects: alerts) { json, alert in
                DumpValue.write(alert.dump, to: &json)
            }
            json.member("regexes", objects: regexes) { json, regex in
                json.member("source", regex.source)
                json.member("ignores_case", regex.ignoresCase)
                json.member("max_steps", regex.stepsMax)
                json.member("is_walked", regex.isWalked)
            }
        }
        return json.text
    }

    private func write(_ listener: ListenerDescription, to json: inout JSONText) {
        json.object { json in
            json.member("address", listener.addressText)
            json.member("port", listener.port)
            json.member("proxy_protocol", listener.acceptsProxyProtocol)
            json.key("tls")
            guard let tls = listener.tls else { return json.null() }
            json.object { json in DumpValue.write(tls.dump, to: &json) }
        }
    }

    private func write(
        _ service: ServiceDescription, _ fallback: FallbackDescription, to json: inout JSONText
    ) {
        json.object { json in
            json.member("name", service.name)
            json.member("strategy", service.strategy.word)
            json.member("proxy_host", service.proxyHost)
            json.member("read_timeout_ms", service.readTimeoutMilliseconds)
            json.member("write_timeout_ms", service.writeTimeoutMilliseconds)
            json.member("dial_timeout_ms", service.dialTimeoutMilliseconds)
            json.key("tls")
            json.object { json in DumpValue.write(service.tls.dump, to: &json) }
            json.key("endpoints")
            json.array { json in
                for endpoint in service.endpoints {
                    json.object { json in
                        json.member("url", endpoint.text)
                        json.member("uses_tls", endpoint.usesTLS)
                        json.member("base_path", endpoint.basePath)
                        json.member("weight", endpoint.weight)
                    }
                }
            }
            DumpValue.write(service.policyDump, to: &json)
            json.key("fallback")
            fallback.write(to: &json)
        }
    }

    private func write(_ middleware: Middleware, to json: inout JSONText) {
        json.object { json in
            json.member("name", middleware.name)
            json.member("type", middleware.type)
            json.member("file", middleware.place.file)
            json.member("line", middleware.place.line)
            for setting in middleware.settings { json.member(setting.name, setting.value) }
            for setting in middleware.texts { json.member(setting.name, setting.value) }
            DumpValue.write(middleware.more, to: &json)
        }
    }

    private func write(_ host: Host, to json: inout JSONText) {
        let description = host.description
        json.object { json in
            json.member("pattern", description.pattern)
            json.member("port", description.port)
            json.member("file", description.place.file)
            json.member("line", description.place.line)
            json.member("order", description.isDeclaredOrder ? "declared" : "specific")
            json.member("target", description.target)
            json.member("middlewares", description.middlewares)
            json.key("routes")
            json.array { json in for route in host.routes { write(route, to: &json) } }
        }
    }

    private func write(_ route: RouteDescription, to json: inout JSONText) {
        json.object { json in
            json.member("name", route.name)
            json.member("pattern", route.pattern)
            json.member("file", route.place.file)
            json.member("line", route.place.line)
            json.member("kind", route.kind)
            json.member("is_lowered", route.isLowered)
            json.member("priority", route.priority)
            json.member("conditions", route.conditions.map(\.text))
            json.member("action", route.action.text)
            DumpValue.write(route.action.dump, to: &json)
            json.member("middlewares", route.middlewares)
            json.member("captures", route.captures.map(\.name))
        }
    }
}

extension ServiceDescription.Strategy {
    /// The word that `strategy` uses.
    var word: String {
        switch self {
        case .roundRobin: "round_robin"
        case .weightedRoundRobin: "weighted_round_robin"
        case .leastConnections: "least_connections"
        case .ipHash: "ip_hash"
        case .random: "random"
        case .weightedRandom: "weighted_random"
        case .responseTime: "response_time"
        case .consistentHash: "consistent_hash"
        }
    }
}

extension ListenerDescription {
    /// `127.0.0.1`, `::1`, or `*` for all addresses.
    var addressText: String {
        switch address.count {
        case 4: return address.map(String.init).joined(separator: ".")
        case 16:
            let words = (0..<2).map { half in
                address[(8 * half)..<(8 * half + 8)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            }
            return ClientAddress(high: words[0], low: words[1]).text
        default: return "*"
        }
    }
}
