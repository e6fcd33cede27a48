/// The methods that the routes of a host name, as bits. One more bit stands for all others.
struct MethodNames {
    static let get = 0
    /// Methods that no route names.
    static let other = 63

    private(set) var names = ["GET"]
    private var bits = ["GET": 0]

    /// The bit of a method; nil where there are too many.
    mutating func bit(of name: String) -> Int? {
        if let bit = bits[name] { return bit }
        guard names.count < Self.other else { return nil }
        bits[name] = names.count
        names.append(name)
        return names.count - 1
    }

    /// The bits that stand for a request.
    var all: UInt64 { (1 << UInt64(names.count) - 1) | 1 << UInt64(Self.other) }

    /// A method of a bit.
    func name(of bit: Int) -> String {
        guard bit == Self.other else { return names[bit] }
        let usual = ["POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"]
        return usual.first { bits[$0] == nil } ?? "OTHER"
    }
}
