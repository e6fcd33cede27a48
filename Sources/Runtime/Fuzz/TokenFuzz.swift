import TableFormat

/// Properties that hold for any bytes whatever that come as a token: for a fuzzer and for mutation tests.
package enum TokenFuzz {
    /// The property that does not hold for `bytes`, or `nil`. They are taken for a token, and for its claims.
    package static func violation(_ bytes: RawSpan) -> StaticString? {
        var policy = TokenPolicy()
        policy.algorithms = TokenAlgorithm.allBits
        // Nobody knows it, so nobody can have signed with it.
        policy.keys.own = [.secret(SharedSecret([UInt8](repeating: 0x5A, count: 64)))]
        var reader = TokenReader()
        do throws(TokenRefusal) {
            _ = try reader.verify(bytes, by: policy, now: 0)
            return "a token is accepted that nobody has signed"
        } catch {
            return jsonViolation(bytes)
        }
    }

    private static func jsonViolation(_ bytes: RawSpan) -> StaticString? {
        var text: [UInt8] = []
        for index in 0..<bytes.byteCount { text.append(bytes.octet(at: index)) }
        var document = JSONDocument()
        do throws(JSONFault) {
            try document.read(&text, from: 0, limits: .claims)
        } catch {
            return nil
        }
        let nodes = document.nodes
        guard !nodes.isEmpty, Int(nodes[0].end) == nodes.count else {
            return "the first value is not all there is"
        }
        for (index, node) in nodes.enumerated() {
            guard Int(node.end) > index, Int(node.end) <= nodes.count else {
                return "a value ends before it begins, or behind the last one"
            }
            guard Int(node.start) + Int(node.count) <= text.count else {
                return "a value lies outside of its text"
            }
            guard node.kind != .string || isText(text[document.range(at: index)]) else {
                return "a string is not UTF-8"
            }
        }
        return nil
    }

    private static func isText(_ bytes: ArraySlice<UInt8>) -> Bool {
        String(validating: bytes, as: UTF8.self) != nil
    }
}
