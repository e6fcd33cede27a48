import Foundation
import TestSupport

/// Somebody who follows `GET /api/events`.
final class AdminEvents: Sendable {
    let head: [String]
    private let stream: TestConnection

    init(_ admin: AdminUnderTest) throws {
        stream = try admin.connect()
        try stream.send(TestConnection.head("GET", "/api/events", fields: ["Host: 127.0.0.1"]))
        head = try stream.readHead()
    }

    /// The next event as a JSON object.
    func next() throws -> [String: Any] {
        let name = try stream.read(through: "\n")
        let data = try stream.read(through: "\n\n").dropFirst("data: ".count)
        let object = try JSONSerialization.jsonObject(with: Data(data.utf8))
        guard name == "event: snapshot\n", let event = object as? [String: Any] else {
            throw TestSupportError("no snapshot: \(name)\(data)")
        }
        return event
    }

    /// The next event that is wanted.
    func next(_ isWanted: ([String: Any]) throws -> Bool) throws -> [String: Any] {
        while true {
            let event = try next()
            if try isWanted(event) { return event }
        }
    }
}
