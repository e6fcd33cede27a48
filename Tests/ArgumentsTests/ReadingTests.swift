import Arguments
import Testing

@Suite("Reading arguments")
struct ReadingTests {
    @Test(
        "Options, flags and positionals may come in any order and every spelling",
        arguments: [
            ["make", "-o", "out", "--strict", "in.yaml"],
            ["make", "in.yaml", "--output", "out", "-s"],
            ["make", "--output=out", "--strict", "--", "in.yaml"],
            ["make", "-sqoout", "in.yaml"],
            ["make", "-qso", "out", "in.yaml"],
        ])
    func spellings(words: [String]) throws {
        guard case .run(let arguments) = SampleProgram.command.interpret(words) else {
            Issue.record("not understood: \(words)")
            return
        }
        #expect(arguments.command == ["make"])
        #expect(arguments.value("output") == "out")
        #expect(arguments.flag("strict"))
        #expect(arguments.positionals == ["in.yaml"])
    }

    @Test("Repeated options keep their order, and values may be empty or begin with a dash")
    func values() throws {
        let arguments = try SampleProgram.read(
            "make", "c", "-o=", "-H", "A: 1", "-HB: 2", "--header=C: 3", "--format", "json")
        #expect(arguments.values("header") == ["A: 1", "B: 2", "C: 3"])
        #expect(arguments.value("output") == "=")
        #expect(arguments.value("format") == "json")
        #expect(try SampleProgram.read("make", "c", "--output=").value("output") == "")
        #expect(try SampleProgram.read("make", "c", "-o", "-5").value("output") == "-5")
        #expect(try SampleProgram.read("make", "c", "-o", "-").value("output") == "-")
    }

    @Test("A dash alone and all behind -- are positionals")
    func positionals() throws {
        #expect(
            try SampleProgram.read("check", "-", "--", "--strict", "-x").positionals
                == ["-", "--strict", "-x"])
        #expect(try SampleProgram.read("make", "a", "b", "-o", "x").positionals == ["a", "b"])
    }

    @Test(
        "What makes no sense is refused with its reason",
        arguments: [
            ([], .missingCommand),
            (["mak"], .unknownCommand("mak", suggestion: "'make'")),
            (["other"], .unknownCommand("other", suggestion: nil)),
            (["make", "c", "--ouput", "x"], .unknownOption("--ouput", suggestion: "--output")),
            (["make", "c", "--zzz"], .unknownOption("--zzz", suggestion: nil)),
            (["make", "c", "-z"], .unknownOption("-z", suggestion: nil)),
            (["make", "c", "-o"], .missingValue(option: "-o")),
            (["make", "c", "--output", "--strict"], .missingValue(option: "--output")),
            (["make", "c", "--output", "--"], .missingValue(option: "--output")),
            (["make", "c", "-o", "x", "--output=y"], .repeatedOption("--output")),
            (["make", "c", "-o", "x", "--strict=yes"], .unexpectedValue(option: "--strict")),
            (["make", "c"], .missingOption("--output")),
            (["make", "-o", "x"], .missingPositional("CONFIG")),
            (["check"], .missingPositional("FILE")),
            (["make", "a", "b", "c", "-o", "x"], .unexpectedPositional("c")),
            (
                ["make", "c", "-o", "x", "--format", "jsn"],
                .badValue(
                    option: "--format", value: "jsn", expected: "text or json", suggestion: "json")
            ),
        ] as [([String], UsageError.Reason)])
    func misuse(words: [String], reason: UsageError.Reason) {
        #expect(SampleProgram.misuse(words)?.reason == reason)
    }

    @Test("A report names the command, the mistake and the way to help")
    func report() {
        let error = SampleProgram.misuse(["make", "c", "--ouput", "x"])
        #expect(
            error?.report == """
                sample make: unknown option --ouput (did you mean --output?)
                See 'sample make --help'.

                """)
    }

    @Test(
        "Numbers and times are read with their limits",
        arguments: [
            ("30", 30_000), ("30s", 30_000), ("500ms", 500), ("5m", 300_000), ("1h", 3_600_000),
            ("0", 0), ("", nil), ("s", nil), ("1.5s", nil), ("-1", nil), ("1001h", nil),
            ("1d", nil),
            ("99999999999999999999", nil), ("9223372036854775807h", nil), ("٣", nil),
        ] as [(String, Int?)])
    func times(text: String, milliseconds: Int?) throws {
        let arguments = try SampleProgram.read("make", "c", "-ox", "--drain-timeout=\(text)")
        #expect((try? arguments.milliseconds("drain-timeout")) == milliseconds)
    }

    @Test(
        "Numbers are read within their range",
        arguments: [
            ("1", 1), ("64", 64), ("0", nil), ("65", nil), ("+1", nil), ("1x", nil), ("", nil),
        ] as [(String, Int?)])
    func numbers(text: String, number: Int?) throws {
        let arguments = try SampleProgram.read("make", "c", "-ox", "--workers=\(text)")
        #expect((try? arguments.integer("workers", in: 1...64)) == number)
    }

    @Test("Options can be handed to another program")
    func handingOn() throws {
        let arguments = try SampleProgram.read("make", "c", "-ox", "-s", "-Ha", "-H", "b")
        #expect(
            arguments.arguments(of: ["strict", "header", "format"])
                == ["--strict", "--header=a", "--header=b"])
    }
}
