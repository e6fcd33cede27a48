internal import CLinux
import CPCRE2
import TableFormat

/// The regexes of one table as one worker runs them: decoded or compiled on their first use, made machine code when
/// they are used much, where the system allows it. Until then they are interpreted: code that is seldom run is cold,
/// and takes longer than the interpreter, which is always warm.
@safe
struct RegexEngine: ~Copyable {
    enum Outcome {
        case match
        case noMatch
        /// A limit was reached or PCRE2 failed: the request is refused, never "no match".
        case tooExpensive
    }

    enum State: UInt8 {
        case notUsed
        case refused
        /// Until it has run ``runCountMax`` times.
        case interpreted
        case machineCode
        /// For good: there is no machine code.
        case alwaysInterpreted
    }

    /// Making machine code takes as long as some thousand runs save.
    static let runCountMax: UInt16 = 1_000
    /// Groups that templates can refer to.
    static let groupCountMax = 128
    /// JIT code gets this much stack of its own, in bytes.
    private static let stackBytesMin = 32 * 1024
    private static let stackBytesMax = 512 * 1024
    /// For the interpreter, in KiB: enough for 20,000 steps, not for more.
    private static let heapLimitKiB: UInt32 = 20_000

    let codes: UnsafeMutablePointer<OpaquePointer?>
    let states: UnsafeMutablePointer<State>
    /// By regex, how often it was run while it is ``State/interpreted``.
    let runCounts: UnsafeMutablePointer<UInt16>
    let count: Int
    private let matchData: OpaquePointer
    private let captureData: OpaquePointer
    private let context: OpaquePointer
    private let stack: OpaquePointer?
    /// Steps that the request may still take.
    private(set) var stepsLeft: UInt32 = 0

    init(count: Int) {
        self.count = count
        // SAFETY: memory of this value's own, of this capacity, given back in `deinit`; a text that is a constant.
        unsafe codes = .allocate(capacity: max(count, 1))
        unsafe codes.initialize(repeating: nil, count: max(count, 1))
        unsafe states = .allocate(capacity: max(count, 1))
        unsafe states.initialize(repeating: .notUsed, count: max(count, 1))
        unsafe runCounts = .allocate(capacity: max(count, 1))
        unsafe runCounts.initialize(repeating: 0, count: max(count, 1))
        guard let matchData = unsafe pcre2_match_data_create_8(1, nil),
            let captureData = unsafe pcre2_match_data_create_8(UInt32(Self.groupCountMax), nil),
            let context = unsafe pcre2_match_context_create_8(nil)
        else { unsafe clinux_out_of_memory("a matcher") }
        unsafe self.matchData = matchData
        unsafe self.captureData = captureData
        unsafe self.context = context
        // Without a stack of its own JIT code uses 32 KiB of the thread's.
        unsafe stack = pcre2_jit_stack_create_8(Self.stackBytesMin, Self.stackBytesMax, nil)
        if let stack = unsafe stack {
            unsafe pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack))
        }
        _ = unsafe pcre2_set_heap_limit_8(context, Self.heapLimitKiB)
    }

    deinit {
        // SAFETY: all owned by this value. Decoded codes share tables whose count is not atomic: they
        // belong to the one thread of the matcher.
        for index in 0..<count { unsafe pcre2_code_free_8(codes[index]) }
        unsafe codes.deallocate()
        unsafe states.deallocate()
        unsafe runCounts.deallocate()
        unsafe pcre2_match_data_free_8(matchData)
        unsafe pcre2_match_data_free_8(captureData)
        unsafe pcre2_match_context_free_8(context)
        unsafe pcre2_jit_stack_free_8(stack)
    }

    /// Gives the next request its steps.
    mutating func beginRequest(steps: UInt32) { stepsLeft = steps }

    /// Whether a regex matches somewhere in `subject`.
    mutating func match(
        _ regex: UInt32, _ subject: UnsafeRawBufferPointer, in table: borrowing LoadedTable
    ) -> Outcome {
        let record = table.view.regex(regex)
        if record.firstStep != .none {
            // SAFETY: the subject is the caller's; it is only read, and not kept.
            let isMatch = unsafe RegexWalk.matches(
                subject, firstStep: record.firstStep, in: table.view)
            return isMatch ? .match : .noMatch
        }
        // SAFETY: the subject is the caller's; the data for matching is owned until `deinit`.
        return unsafe run(regex, subject, table, matchData)
    }

    /// Matches and keeps what the groups took, for ``group(_:)``.
    mutating func matchForCaptures(
        _ regex: UInt32, _ subject: UnsafeRawBufferPointer, in table: borrowing LoadedTable
    ) -> Outcome {
        // SAFETY: the subject is the caller's; the data for captures is owned until `deinit`.
        unsafe run(regex, subject, table, captureData)
    }

    /// The least match limit with which the outcome on `subject` is what it is; nil if the regex's own
    /// is not enough. Found by halving: for explanations.
    mutating func stepsTaken(
        by regex: UInt32, _ subject: UnsafeRawBufferPointer, in table: borrowing LoadedTable
    ) -> UInt32? {
        let record = table.view.regex(regex)
        guard subject.count >= Int(record.byteCountMin) else { return 0 }
        // SAFETY: see `run`.
        guard prepare(Int(regex), record, table), let code = unsafe codes[Int(regex)] else {
            return nil
        }
        unsafe makeMachineCode(Int(regex), code)
        var tooFew: UInt32 = 0
        var enough = record.matchLimit
        guard
            unsafe call(Int(regex), code, subject, matchData, limit: enough)
                != PCRE2_ERROR_MATCHLIMIT
        else {
            return nil
        }
        while enough - tooFew > 1 {
            let middle = tooFew + (enough - tooFew) / 2
            let isEnough =
                unsafe call(Int(regex), code, subject, matchData, limit: middle)
                != PCRE2_ERROR_MATCHLIMIT
            if isEnough { enough = middle } else { tooFew = middle }
        }
        return enough
    }

    /// Where group `number` stood in the subject of the last match for captures, or nil.
    func group(_ number: UInt32, in byteCount: Int) -> Range<Int>? {
        // SAFETY: the vector has two offsets for each of `groupCountMax` groups; PCRE2 sets those that
        // took no part to the greatest number.
        guard number < UInt32(Self.groupCountMax),
            let offsets = unsafe pcre2_get_ovector_pointer_8(captureData)
        else { return nil }
        let start = unsafe offsets[2 * Int(number)]
        let end = unsafe offsets[2 * Int(number) + 1]
        guard start != Int(bitPattern: UInt.max), start >= 0, start <= end, end <= byteCount else {
            return nil
        }
        return start..<end
    }

    private mutating func run(
        _ regex: UInt32, _ subject: UnsafeRawBufferPointer, _ table: borrowing LoadedTable,
        _ data: OpaquePointer
    ) -> Outcome {
        let record = table.view.regex(regex)
        guard subject.count >= Int(record.byteCountMin) else { return .noMatch }
        // SAFETY: `prepare` stops at an index that is not below `count`. The subject is the
        // caller's.
        guard prepare(Int(regex), record, table), let code = unsafe codes[Int(regex)] else {
            return .tooExpensive
        }
        // Most matches need few steps; only those that need more are charged for more.
        let first = min(TableLimits.firstMatchLimit, record.matchLimit)
        unsafe countRun(of: Int(regex), code)
        let stepsBefore = stepsLeft
        var result = unsafe call(Int(regex), code, subject, data, limit: first)
        if result == PCRE2_ERROR_MATCHLIMIT, stepsLeft < stepsBefore,
            unsafe states[Int(regex)] == .interpreted
        {
            // The interpreter counts more steps than machine code: the answer must not depend on who came
            // before.
            unsafe makeMachineCode(Int(regex), code)
            stepsLeft = stepsBefore
            result = unsafe call(Int(regex), code, subject, data, limit: first)
        }
        if result == PCRE2_ERROR_MATCHLIMIT, record.matchLimit > first {
            result = unsafe call(Int(regex), code, subject, data, limit: record.matchLimit)
        }
        if result >= 0 { return .match }
        return result == PCRE2_ERROR_NOMATCH ? .noMatch : .tooExpensive
    }

    private mutating func call(
        _ regex: Int, _ code: OpaquePointer, _ subject: UnsafeRawBufferPointer,
        _ data: OpaquePointer, limit: UInt32
    ) -> Int32 {
        guard stepsLeft >= limit else { return PCRE2_ERROR_MATCHLIMIT }
        stepsLeft -= limit
        // SAFETY: all objects are owned by this value; the subject outlives the call. An empty subject
        // may have no address, which PCRE2 takes for length zero.
        _ = unsafe pcre2_set_match_limit_8(context, limit)
        let start = unsafe subject.baseAddress?.assumingMemoryBound(to: UInt8.self)
        if unsafe states[regex] == .machineCode, let start = unsafe start {
            // Leaves out the checks of options and subject, which are the same for all calls here.
            let result = unsafe pcre2_jit_match_8(
                code, start, subject.count, 0, 0, data, context)
            if result != PCRE2_ERROR_JIT_BADOPTION { return result }
        }
        return unsafe pcre2_match_8(code, start, subject.count, 0, 0, data, context)
    }
}
