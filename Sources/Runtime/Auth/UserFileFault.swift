/// What is wrong with a file of users.
struct UserFileFault: Error, Equatable {
    enum Reason: Equatable {
        case noColon, badName, unknownHash, tooCostly, repeatedName, tooMany, empty
    }

    let reason: Reason
    /// Counted from 1; nil for the file as a whole.
    let line: Int?

    init(_ reason: Reason, line: Int?) {
        self.reason = reason
        self.line = line
    }

    /// The end of a sentence that begins with the path. Holds nothing of the line itself.
    var message: String {
        let place = line.map { ":\($0)" } ?? ""
        return "\(place): \(clause)"
    }

    private var clause: String {
        switch reason {
        case .noColon: "is not `name:hash`"
        case .badName: "has a name that is empty, longer than 255 bytes or not printable"
        case .unknownHash:
            "has neither bcrypt ($2b$, $2y$) nor SHA-crypt ($5$, $6$) behind the name; "
                + "`htpasswd -B` writes the former"
        case .tooCostly:
            "has a hash that takes seconds to check; at most cost 14 of bcrypt, 1000000 rounds of "
                + "SHA-crypt"
        case .repeatedName: "has a name that stands above already"
        case .tooMany: "has more than \(UserTable.userCountMax) users"
        case .empty: "has no users"
        }
    }
}
