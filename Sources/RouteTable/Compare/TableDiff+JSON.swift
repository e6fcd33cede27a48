import JSON

extension TableDiff {
    /// The differences as one line of JSON, without a newline.
    package var json: String {
        var json = JSONText()
        json.object { json in
            json.key("changes")
            json.array { json in
                for change in changes { Self.write(change, to: &json) }
            }
            json.member("services", objects: services) { json, service in
                json.member("name", service.name)
                json.member("old", service.old)
                json.member("new", service.new)
            }
            json.member("settings", objects: settings) { json, setting in
                json.member("name", setting.name)
                json.member("old", setting.old)
                json.member("new", setting.new)
            }
            json.member("middlewares", objects: middlewares) { json, middleware in
                json.member("name", middleware.name)
                json.member("rules", middleware.ruleCount)
            }
            json.member("alerts", objects: alerts) { json, alert in
                json.member("name", alert.name)
                json.member("old", alert.old)
                json.member("new", alert.new)
            }
            json.member("remainder", remainder.rawValue)
        }
        return json.text
    }

    private static func write(_ change: Change, to json: inout JSONText) {
        json.object { json in
            json.member("kinds", change.kinds.map(\.rawValue))
            json.member("rule", change.rule)
            json.member("name", change.name)
            json.key("old")
            write(change.oldPlace, to: &json)
            json.key("new")
            write(change.newPlace, to: &json)
            json.member("details", change.details)
            json.member("lost", change.lost)
            json.member("gained", change.gained)
            switch change.witness {
            case .request(let request):
                json.key("witness")
                write(request, change, to: &json)
            case .none(let reason):
                json.key("witness")
                json.null()
                json.member("no_witness", reason)
            }
        }
    }

    private static func write(_ place: Explanation.Place?, to json: inout JSONText) {
        guard let place else {
            json.null()
            return
        }
        json.object { json in
            json.member("file", place.file)
            json.member("line", place.line)
        }
    }

    private static func write(
        _ request: DescribedRequest, _ change: Change, to json: inout JSONText
    ) {
        json.object { json in
            json.member("method", request.method)
            json.member("url", request.url)
            json.member("headers", objects: request.headers) { json, header in
                json.member("name", header.name)
                json.member("value", header.value)
            }
            json.member("client_ip", request.client.text)
            json.member("before", change.oldWay)
            json.member("after", change.newWay)
        }
    }
}
