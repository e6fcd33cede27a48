extension Explanation {
    /// The explanation as one line of JSON, without a newline.
    package var json: String {
        var json = JSONText()
        json.object { json in
            json.key("request")
            write(request, to: &json)
            json.member("canonical_path", canonicalPath)
            json.key("host_rule")
            if let host { write(host, to: &json) } else { json.null() }
            json.key("route")
            if let route { write(route, to: &json) } else { json.null() }
            json.member("service", service)
            json.member("middlewares", middlewares)
            json.member("data_path", dataPath)
            json.key("params")
            json.object { json in
                for (name, value) in params { json.member(name, value) }
            }
            json.key("candidates")
            json.array { json in
                for candidate in candidates { write(candidate, to: &json) }
            }
            json.member("status", status)
        }
        return json.text
    }

    private func write(_ request: DescribedRequest, to json: inout JSONText) {
        json.object { json in
            json.member("method", request.method)
            json.member("url", request.url)
            json.member("host", request.host)
            json.member("port", request.listenerPort)
            json.member("path", request.path)
            json.member("query", request.query)
            json.member("protocol", request.requestProtocol.word)
            json.member("client_ip", request.client.text)
            json.key("headers")
            json.array { json in
                for header in request.headers {
                    json.object { json in
                        json.member("name", header.name)
                        json.member("value", header.value)
                    }
                }
            }
        }
    }

    private func write(_ host: Host, to json: inout JSONText) {
        json.object { json in
            json.member("pattern", host.pattern)
            json.member("file", host.place.file)
            json.member("line", host.place.line)
        }
    }

    private func write(_ route: Route, to json: inout JSONText) {
        json.object { json in
            json.member("name", route.name)
            json.member("pattern", route.pattern)
            json.member("file", route.place.file)
            json.member("line", route.place.line)
            json.member("priority", route.priority)
            json.member("kind", route.kind)
        }
    }

    private func write(_ candidate: Candidate, to json: inout JSONText) {
        json.object { json in
            json.member("pattern", candidate.pattern)
            json.member("line", candidate.place.line)
            json.member("matched", candidate.isMatch)
            json.member("reason", candidate.reason)
        }
    }
}

extension RequestProtocol {
    /// The word that `match.protocol` uses.
    var word: String {
        switch self {
        case .http: "http"
        case .sse: "sse"
        case .webSocket: "websocket"
        }
    }
}
