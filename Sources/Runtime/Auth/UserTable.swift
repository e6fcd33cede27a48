/// The users of a file: lines `name:hash`, as `htpasswd` writes them. Immutable.
struct UserTable: Sendable {
    /// More lines belong into a directory service.
    static let userCountMax = 10_000
    static let nameByteCountMax = 255

    private let hashes: [PasswordHash]
    private let places: [[UInt8]: Int]

    /// Reads the text of a file. Blank lines, and those that begin with `#`, say nothing.
    ///
    /// - Throws: ``UserFileFault`` for the first line that is wrong.
    init(_ text: [UInt8]) throws(UserFileFault) {
        var hashes: [PasswordHash] = []
        var places: [[UInt8]: Int] = [:]
        let lines = text.split(separator: OctetClass.lineFeed, omittingEmptySubsequences: false)
        for (index, whole) in lines.enumerated() {
            let line = Self.trimmed(whole)
            if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
            func fault(_ reason: UserFileFault.Reason) -> UserFileFault {
                UserFileFault(reason, line: index + 1)
            }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
                throw fault(.noColon)
            }
            let name = Array(line[..<colon])
            let isName =
                (1...Self.nameByteCountMax).contains(name.count)
                && name.allSatisfy(OctetClass.isFieldContent)
            guard isName else { throw fault(.badName) }
            guard let hash = PasswordHash(Array(line[(colon + 1)...])) else {
                throw fault(.unknownHash)
            }
            guard hash.isAffordable else { throw fault(.tooCostly) }
            guard places.updateValue(hashes.count, forKey: name) == nil else {
                throw fault(.repeatedName)
            }
            hashes.append(hash)
            guard hashes.count <= Self.userCountMax else { throw fault(.tooMany) }
        }
        guard !hashes.isEmpty else { throw UserFileFault(.empty, line: nil) }
        self.hashes = hashes
        self.places = places
    }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line
        while let last = line.last, OctetClass.isBlank(last) || last == OctetClass.carriageReturn {
            line.removeLast()
        }
        return line
    }

    /// What the password of `name` is compared with, and whether there is such a user.
    ///
    /// For a name that is not there it is the hash of one who is, chosen by the name, so that finding out
    /// costs the same as a wrong password, time after time.
    func hash(of name: [UInt8]) -> (hash: PasswordHash, isKnown: Bool) {
        if let place = places[name] { return (hashes[place], true) }
        let place = KeyHash.text(name, number: 0) % UInt64(hashes.count)
        return (hashes[Int(place)], false)
    }
}
