import JSON
import TableFormat

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
            writeDetails(to: &json)
        }
        return json.text
    }

    /// What goes beyond the members that every version has.
    private func writeDetails(to json: inout JSONText) {
        json.member("verdict", verdict)
        json.key("refused_path")
        if let refusedPath {
            json.object { json in
                json.member("rule", refusedPath.rule)
                json.member("byte", refusedPath.offset)
                json.member("text", refusedPath.text)
            }
        } else {
            json.null()
        }
        json.member("refused_handshake", refusedHandshake?.rule)
        write(rewriteSteps, as: "rewrite", to: &json)
        json.member("location", location)
        json.member("forward_path", forwardPath)
        json.member("upstream_path", upstreamPath)
        json.member("targets", objects: targets) { json, target in
            json.member("service", target.service)
            json.member("weight", target.weight)
        }
        if !claimedServices.isEmpty { json.member("claimed_services", claimedServices) }
        json.key("fallback")
        if let fallback { fallback.write(to: &json) } else { json.null() }
        json.member("guards", objects: guards) { json, step in
            json.member("name", step.name)
            json.member("type", step.type)
            json.member("does", step.text)
        }
        json.member("listing_at_odds", isListingAtOdds)
        json.member("canonical_host", canonicalHost)
        json.key("canonicalisation")
        json.object { json in
            write(hostSteps, as: "host", to: &json)
            write(pathSteps, as: "path", to: &json)
        }
        json.key("host_candidates")
        json.array { json in
            for candidate in hostCandidates { write(candidate, to: &json) }
        }
        json.key("work")
        if let work { write(work.taken, worst: work.worst, to: &json) } else { json.null() }
    }

    private func write(
        _ steps: [CanonicalTrace.Step], as key: String, to json: inout JSONText
    ) {
        json.key(key)
        json.array { json in
            for step in steps {
                json.object { json in
                    json.member("change", step.change)
                    json.member("result", step.result)
                }
            }
        }
    }

    private func write(_ candidate: HostCandidate, to json: inout JSONText) {
        json.object { json in
            json.member("pattern", candidate.pattern)
            json.member("port", candidate.port)
            json.member("file", candidate.place.file)
            json.member("line", candidate.place.line)
            json.member("matched", candidate.isMatch)
            json.member("reason", candidate.reason)
        }
    }

    /// Each as `[taken, most that a request can take]`.
    private func write(_ work: MatchWork, worst: WorstCase, to json: inout JSONText) {
        func pair(_ key: String, _ taken: UInt32, _ most: UInt32, _ json: inout JSONText) {
            json.key(key)
            json.array { json in
                json.number(taken)
                json.number(most)
            }
        }
        json.object { json in
            pair("host_probes", work.hostProbes, worst.hostProbes, &json)
            pair("host_regexes", work.hostRegexes, worst.hostRegexes, &json)
            pair("path_probes", work.pathProbes, worst.pathProbes, &json)
            pair("route_checks", work.routeChecks, worst.routeChecks, &json)
            pair("route_regexes", work.routeRegexes, worst.routeRegexes, &json)
            pair("automaton_steps", work.automatonSteps, worst.automatonSteps, &json)
            pair("regex_steps", work.regexSteps, regexStepsMax, &json)
        }
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
            if let peer = request.peer { json.member("peer_ip", peer.text) }
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
            json.member("name", candidate.name)
            json.member("file", candidate.place.file)
            if let steps = candidate.regexSteps {
                json.member("regex_steps", steps.taken)
                json.member("regex_limit", steps.limit)
                json.member("regex_walked", steps.isWalked)
            }
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
