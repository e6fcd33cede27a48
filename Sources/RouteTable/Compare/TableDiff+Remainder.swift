extension TableDiff {
    /// What differs of two tables beyond what was found that requests see.
    package enum Remainder: String, Sendable {
        /// They are the same.
        case nothing
        /// Where things are written: files and lines.
        case places
        /// Rules of both tables stand in another order: what several of them match may go elsewhere.
        case order
        /// What is not compared: names, what nothing uses.
        case unseen
        /// Nothing that a dump says: another version of the compiler has written it.
        case form

        /// - Complexity: O(*n*) for *n* bytes of both tables, unless they are the same.
        init(from old: borrowing LoadedTable, to new: borrowing LoadedTable) {
            guard old.digest != new.digest else {
                self = .nothing
                return
            }
            var dumps = (old: TableDump(of: old), new: TableDump(of: new))
            dumps.old.digestText = ""
            dumps.new.digestText = ""
            if dumps.old.json == dumps.new.json {
                self = .form
                return
            }
            dumps.old.removePlaces()
            dumps.new.removePlaces()
            self = dumps.old.json == dumps.new.json ? .places : .unseen
        }

        /// A line, without its end.
        var text: String {
            switch self {
            case .nothing: "no rule differs"
            case .places: "no rule differs, only where they are written (file and line)"
            case .order: "no rule differs, but their order does"
            case .unseen:
                "no rule differs, but the tables do: in names, in an order that sends no request "
                    + "elsewhere, or in what nothing uses (`wsroute dump` shows it)"
            case .form:
                "no rule differs, but the tables do: they say the same and were written by "
                    + "different versions of wsroute"
            }
        }
    }
}

extension TableDump {
    /// Forgets where everything is written.
    fileprivate mutating func removePlaces() {
        let none = Explanation.Place(file: "", line: 0)
        for index in middlewares.indices { middlewares[index].place = none }
        for index in alerts.indices { alerts[index].place = "" }
        for host in hosts.indices {
            hosts[host].description.place = none
            for route in hosts[host].routes.indices { hosts[host].routes[route].place = none }
        }
    }
}
