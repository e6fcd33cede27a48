import Arguments
import TestSupport
import Testing

@Suite("Texts made from a declaration")
struct GeneratedTextTests {
    @Test("Help lists usage, arguments, options and sections")
    func help() {
        #expect(
            SampleProgram.answer("make", "--help") == """
                Makes a file.

                Usage: sample make --output FILE [OPTIONS] CONFIG [EXTRA]

                Arguments:
                  CONFIG  What to make.
                  EXTRA   And more.

                Options:
                  -o, --output FILE         Where to write.
                      --format text|json    The form.
                      --workers N           How many.
                      --drain-timeout TIME  How long.
                  -H, --header K: V         A field.
                  -s, --strict              No warnings.
                  -q, --quiet               No output.
                  -h, --help                Show this help.
                      --version             Show the version.
                      --completion SHELL    Print a completion script.
                      --man                 Print the man page (roff).

                """)
        let top = SampleProgram.answer("-h")
        #expect(
            top?.contains("Commands:\n  make   Makes a file.\n  check  Checks files.\n") == true)
        #expect(top?.hasSuffix("Exit status:\n  0  fine\n  2  wrong usage\n") == true)
    }

    @Test("Help and version win over what is missing")
    func precedence() {
        #expect(SampleProgram.answer("--version") == "sample 1.2.3\n")
        #expect(SampleProgram.answer("make", "--version", "--nonsense") == "sample 1.2.3\n")
        #expect(SampleProgram.misuse(["make", "--nonsense", "--help"]) != nil)
    }

    @Test("The bash script is accepted by bash and completes commands, options and values")
    func bash() throws {
        let script = try #require(SampleProgram.answer("--completion", "bash"))
        let cases = [
            ("sample ''", "make check --help"), ("sample make --dr", "--drain-timeout"),
            ("sample make --format ''", "text json"), ("sample make --format j", "json"),
        ]
        for (line, expected) in cases {
            let words = line.split(separator: " ").map(String.init)
            let result = try RunningProgram.run(
                "bash",
                [
                    "-c",
                    """
                    \(script)
                    COMP_WORDS=(\(words.joined(separator: " "))); COMP_CWORD=\(words.count - 1)
                    _sample_completion; echo "${COMPREPLY[@]}"
                    """,
                ])
            #expect(result.exit == .code(0))
            #expect(result.errors == "")
            #expect(result.output.hasPrefix(expected), "\(line): \(result.output)")
        }
    }

    @Test("The zsh and fish scripts name every option")
    func otherShells() throws {
        let zsh = try #require(SampleProgram.answer("--completion", "zsh"))
        let fish = try #require(SampleProgram.answer("--completion", "fish"))
        #expect(zsh.hasPrefix("#compdef sample\n"))
        for option in ["output", "format", "workers", "header", "strict"] {
            #expect(zsh.contains("--\(option)"))
            #expect(fish.contains("-l \(option)"))
        }
        #expect(fish.contains("-x -a 'text json'"))
    }

    @Test("The man page hides what roff would take for a command")
    func manPage() throws {
        let page = try #require(
            {
                let command = Command(
                    "dots", summary: "Says .things with \\ and -dashes.", version: "1",
                    details: ".PP is not a command here", options: [.flag("x", "'quoted' first")])
                guard case .answer(let text) = command.interpret(["--man"]) else { return nil }
                return text
            }() as String?)
        #expect(page.hasPrefix(".TH DOTS 1"))
        #expect(page.contains("\n\\&.PP is not a command here\n"))
        #expect(page.contains("Says .things with \\e and \\-dashes."))
        #expect(page.contains("\n\\&'quoted' first\n"))
    }
}
