extension TableDiff {
    /// A setting of the whole table that differs, by the name that `wsroute dump` uses.
    package struct SettingChange: Equatable, Sendable {
        package var name: String
        package var old: String
        package var new: String
    }

    static func settingChanges(
        from old: borrowing LoadedTable, to new: borrowing LoadedTable
    ) -> [SettingChange] {
        zip(TableDump.settingTexts(of: old), TableDump.settingTexts(of: new)).compactMap {
            $0.text == $1.text
                ? nil : SettingChange(name: $0.name, old: $0.text, new: $1.text)
        }
    }
}

extension TableDump {
    /// What concerns all requests. The same names in the same order for every table.
    fileprivate static func settingTexts(
        of table: borrowing LoadedTable
    ) -> [(name: String, text: String)] {
        let dump = TableDump(of: table)
        let listeners = dump.listeners.map { listener in
            var text = "\(listener.addressText):\(listener.port)"
            if listener.acceptsProxyProtocol { text += " proxy_protocol" }
            guard let tls = listener.tls else { return text }
            let files = tls.certificates.map(\.certificate).joined(separator: " ")
            let authority = tls.clientAuthority.map {
                " client_ca \($0) (\(tls.clientVerification))"
            }
            return text + " tls \(files)" + (tls.requiresTLS13 ? " 1.3" : "") + (authority ?? "")
        }
        return dump.pathOptions.map { ($0.name, String($0.value)) }
            + dump.settingValues.map { ($0.name, String($0.value)) }
            + [
                ("trusted_proxies", shown(dump.trustedProxies)), ("listeners", shown(listeners)),
            ]
    }

    private static func shown(_ texts: [String]) -> String {
        texts.isEmpty ? "none" : texts.joined(separator: ", ")
    }
}
