import TableFormat

extension Matcher {
    /// Whether all conditions of a route hold.
    mutating func conditionsHold(
        of route: RouteRecord, _ request: borrowing RequestView, in table: borrowing LoadedTable
    ) -> RegexEngine.Outcome {
        for index in 0..<UInt32(route.conditionCount) {
            let condition = table.view.condition(route.firstCondition + index)
            let outcome = holds(condition, request, in: table)
            if outcome != .match { return outcome }
        }
        return .match
    }

    mutating func holds(
        _ condition: ConditionRecord, _ request: borrowing RequestView,
        in table: borrowing LoadedTable
    ) -> RegexEngine.Outcome {
        switch ConditionKind(rawValue: condition.kind) {
        case .requestProtocol:
            return condition.value == UInt32(request.requestProtocol.rawValue) ? .match : .noMatch
        case .methods: return methodsHold(condition, request, in: table) ? .match : .noMatch
        case .client: return clientHolds(condition, request.client, in: table) ? .match : .noMatch
        case .header: return headerHolds(condition, request, in: table)
        case .query: return queryHolds(condition, request, in: table)
        case .cookie: return cookieHolds(condition, request, in: table)
        case nil: return .noMatch
        }
    }

    private mutating func methodsHold(
        _ condition: ConditionRecord, _ request: borrowing RequestView,
        in table: borrowing LoadedTable
    ) -> Bool {
        // SAFETY: the bytes lie in the table, which outlives the call.
        let list = unsafe table.view.text(
            offset: condition.value, byteCount: Int(condition.valueCount))
        let method = request.head.extracting(request.method.indices)
        var index = 0
        var position = 0
        var isEqual = true
        // SAFETY: `index` is at most the list's count, `position` below the method's where it is read.
        while index <= list.count {
            let isEnd = index == list.count
            if unsafe isEnd || list[index] == UInt8(ascii: ",") {
                if isEqual && position == method.byteCount { return true }
                position = 0
                isEqual = true
            } else {
                isEqual =
                    unsafe isEqual && position < method.byteCount
                    && list[index]
                        == method.unsafeLoad(fromByteOffset: position, as: UInt8.self)
                position += 1
            }
            index += 1
        }
        return false
    }

    private mutating func clientHolds(
        _ condition: ConditionRecord, _ client: ClientAddress, in table: borrowing LoadedTable
    ) -> Bool {
        for index in 0..<condition.valueCount {
            let range = table.view.addressRange(condition.value + index)
            let bits = Int(range.prefixLength)
            let highMask: UInt64 = bits >= 64 ? .max : ~(.max >> UInt64(bits))
            let lowMask: UInt64 = bits >= 128 ? .max : bits <= 64 ? 0 : ~(.max >> UInt64(bits - 64))
            if (client.high ^ range.high) & highMask == 0,
                (client.low ^ range.low) & lowMask == 0
            {
                return true
            }
        }
        return false
    }

    /// One of the field lines with the name must have the value.
    private mutating func headerHolds(
        _ condition: ConditionRecord, _ request: borrowing RequestView,
        in table: borrowing LoadedTable
    ) -> RegexEngine.Outcome {
        // SAFETY: the bytes lie in the table, which outlives the call.
        let name = unsafe table.view.text(
            offset: condition.nameOffset, byteCount: Int(condition.nameByteCount))
        for index in request.fields.indices {
            let field = request.fields[index]
            guard unsafe Self.isName(request.head, field.name, name) else { continue }
            value.removeAll()
            value.append(request.head.extracting(field.value.indices))
            let outcome = valueHolds(condition, in: table)
            if outcome != .noMatch { return outcome }
        }
        return .noMatch
    }

    /// Whether the bytes of `range` are `name` (in lower case) without regard to case.
    private static func isName(
        _ head: RawSpan, _ range: ByteRange, _ name: UnsafeRawBufferPointer
    ) -> Bool {
        guard Int(range.count) == name.count else { return false }
        let given = head.extracting(range.indices)
        for index in 0..<name.count {
            // SAFETY: `index` is below both counts.
            var byte = unsafe given.unsafeLoad(fromByteOffset: index, as: UInt8.self)
            if byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") { byte |= 0x20 }
            guard unsafe byte == name[index] else { return false }
        }
        return true
    }

    /// Compares ``value`` with what the condition wants. What does not fit cannot be decided.
    private mutating func valueHolds(
        _ condition: ConditionRecord, in table: borrowing LoadedTable
    ) -> RegexEngine.Outcome {
        // SAFETY: nothing changes `value` before the comparison is done; the text lies in the
        // table.
        if value.isOverfull { return .tooExpensive }
        if condition.isRegex != 0 {
            let subject = unsafe value.buffer
            return unsafe regexes.match(condition.value, subject, in: table)
        }
        let wanted = unsafe table.view.text(
            offset: condition.value, byteCount: Int(condition.valueCount))
        return unsafe Bytes.areEqual(wanted, value.buffer) ? .match : .noMatch
    }

    /// One of the parameters with the name, both decoded, must have the value.
    private mutating func queryHolds(
        _ condition: ConditionRecord, _ request: borrowing RequestView,
        in table: borrowing LoadedTable
    ) -> RegexEngine.Outcome {
        let query = request.head.extracting(request.query.indices)
        // SAFETY: the bytes lie in the table, which outlives the call.
        let name = unsafe table.view.text(
            offset: condition.nameOffset, byteCount: Int(condition.nameByteCount))
        var start = 0
        while unsafe nextParameter(named: RawSpan(_unsafeBytes: name), in: query, from: &start) {
            let outcome = valueHolds(condition, in: table)
            if outcome != .noMatch { return outcome }
        }
        return .noMatch
    }

    /// Goes on to the next parameter of a query with this name, both decoded.
    ///
    /// - Parameter start: Where to look; then where to look for the one behind it.
    /// - Returns: Whether there is one; then ``value`` holds its value, which may not have fitted.
    mutating func nextParameter(
        named name: RawSpan, in query: RawSpan, from start: inout Int
    ) -> Bool {
        while start < query.byteCount {
            let end = Self.index(of: UInt8(ascii: "&"), in: query, start, query.byteCount)
            defer { start = end + 1 }
            guard end > start else { continue }
            let equals = Self.index(of: UInt8(ascii: "="), in: query, start, end)
            decode(query, start, equals)
            // SAFETY: nothing changes the two texts during the comparison.
            let given = unsafe value.buffer
            let isSame = unsafe name.withUnsafeBytes { unsafe Bytes.areEqual($0, given) }
            guard !value.isOverfull, isSame else { continue }
            decode(query, min(equals + 1, end), end)
            return true
        }
        return false
    }

    private static func index(
        of byte: UInt8, in text: RawSpan, _ start: Int, _ end: Int
    ) -> Int {
        var index = start
        // SAFETY: `index` is below `end`, which is at most the text's count.
        while index < end, unsafe text.unsafeLoad(fromByteOffset: index, as: UInt8.self) != byte {
            index += 1
        }
        return index
    }

    /// Decodes a name or value of the query into ``value``: `+` is a space, `%XX` a byte; what is not an
    /// escape stays.
    private mutating func decode(_ query: RawSpan, _ start: Int, _ end: Int) {
        value.removeAll()
        var index = start
        while index < end {
            // SAFETY: all offsets are below `end`, which is at most the query's count.
            let byte = unsafe query.unsafeLoad(fromByteOffset: index, as: UInt8.self)
            if byte == UInt8(ascii: "+") {
                value.append(UInt8(ascii: " "))
            } else if byte == UInt8(ascii: "%"), index + 2 < end,
                let high = IPv6Text.hexDigit(
                    unsafe query.unsafeLoad(fromByteOffset: index + 1, as: UInt8.self)),
                let low = IPv6Text.hexDigit(
                    unsafe query.unsafeLoad(fromByteOffset: index + 2, as: UInt8.self))
            {
                value.append(high &<< 4 | low)
                index += 2
            } else {
                value.append(byte)
            }
            index += 1
        }
    }

    /// One of the cookies with the name must have the value (RFC 6265, 4.2.1).
    private mutating func cookieHolds(
        _ condition: ConditionRecord, _ request: borrowing RequestView,
        in table: borrowing LoadedTable
    ) -> RegexEngine.Outcome {
        // SAFETY: the bytes lie in the table, which outlives the call.
        let name = unsafe table.view.text(
            offset: condition.nameOffset, byteCount: Int(condition.nameByteCount))
        for field in request.fields.indices {
            let range = request.fields[field]
            guard Self.isCookieField(request.head, range.name) else { continue }
            let line = request.head.extracting(range.value.indices)
            var start = 0
            while start < line.byteCount {
                let end = Self.index(of: UInt8(ascii: ";"), in: line, start, line.byteCount)
                defer { start = end + 1 }
                let equals = Self.index(of: UInt8(ascii: "="), in: line, start, end)
                guard equals < end else { continue }
                setTrimmed(line, start, equals)
                guard !value.isOverfull, unsafe Bytes.areEqual(name, value.buffer) else { continue }
                setTrimmed(line, equals + 1, end)
                let outcome = valueHolds(condition, in: table)
                if outcome != .noMatch { return outcome }
            }
        }
        return .noMatch
    }

    private static func isCookieField(_ head: RawSpan, _ name: ByteRange) -> Bool {
        guard name.count == 6 else { return false }
        let given = head.extracting(name.indices)
        var word: UInt64 = 0
        for index in 0..<6 {
            // SAFETY: the name has six bytes.
            let byte = unsafe given.unsafeLoad(fromByteOffset: index, as: UInt8.self)
            word = word << 8 | UInt64(byte | 0x20)
        }
        return word == 0x63_6F_6F_6B_69_65
    }

    /// Sets ``value`` to a part of `line` without the white space around it.
    private mutating func setTrimmed(_ line: RawSpan, _ start: Int, _ end: Int) {
        var start = start
        var end = end
        func isSpace(_ index: Int) -> Bool {
            // SAFETY: asked for indices between `start` and `end` only.
            let byte = unsafe line.unsafeLoad(fromByteOffset: index, as: UInt8.self)
            return byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
        }
        while start < end, isSpace(start) { start += 1 }
        while start < end, isSpace(end - 1) { end -= 1 }
        value.removeAll()
        value.append(line.extracting(start..<end))
    }
}
