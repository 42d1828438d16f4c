import { shellCommands } from '../../src/shell/shell-commands';

/** Commands as `line depth before | words | after`. */
function printed(script: string): string[] {
  return shellCommands(script).map(({ line, depth, before, words, after }) =>
    `${line} ${depth} ${before}|${words.map(({ text, literal }) => literal ? text : `~${text}`).join(' ')}|${after}`);
}

test.each<[string, string, string[]]>([
  ['words and lines', 'a b\n\n  c\n', ['1 0 |a b|', '3 0 |c|']],
  ['quotes keep words together', 'a "b c" \'d $e\' f\\ g', ['1 0 |a b c d $e f g|']],
  ['expansions are told apart', 'a $b "${c}/d" `e f` $(g h) *.sh ~/i', ['1 0 |a ~$b ~${c}/d ~`e f` ~$(g h) ~*.sh ~~/i|']],
  ['nested expansions', 'a "$(dirname "$(readlink -f "$0")")" b', ['1 0 |a ~$(dirname "$(readlink -f "$0")") b|']],
  ['comments', '# a\nb # c\nd#e', ['2 0 |b|', '3 0 |d#e|']],
  ['continued lines', 'a \\\n  b\nc', ['1 0 |a b|', '3 0 |c|']],
  ['operators', 'a && b || c; d & e | f', ['1 0 |a|&&', '1 0 &&|b|||', '1 0 |||c|;', '1 0 |d|&', '1 0 |e||', '1 0 ||f|']],
  ['a list that goes on in the next line', 'a ||\n b', ['1 0 |a|||', '2 0 |||b|']],
  ['here-documents are no commands', 'cat <<EOF > x\nbash y.sh\nEOF\nz', ['1 0 |cat ~> x|', '4 0 |z|']],
  ['here-documents with tabs and a quoted end', 'cat <<-\'EOF\'\n\tbash y.sh\n\tEOF\nz', ['1 0 |cat|', '4 0 |z|']],
  ['text over several lines', 'echo "\nbash y.sh\n"\nz', ['1 0 |echo \nbash y.sh\n|', '4 0 |z|']],
  ['conditions and bodies', 'if a; then\n  b\nelse\n  c\nfi\nd', ['1 1 if|a|;', '2 1 |b|', '4 1 |c|', '5 0 |fi|', '6 0 |d|']],
  ['loops', 'for i in a b; do c; done\nd', ['1 1 |for i in a b|;', '1 1 |c|;', '1 0 |done|', '2 0 |d|']],
  ['functions', 'f() {\n  a\n}\nfunction g {\n b\n}\nc', ['2 1 |a|', '3 0 |~}|', '5 1 |b|', '6 0 |~}|', '7 0 |c|']],
  ['case', 'case $x in\n  a|b) c ;;\n  *) d ;;\nesac\ne', ['1 1 |case ~$x in|', '2 1 |a||', '2 1 |c|;;', '3 1 |d|;;', '4 0 |esac|', '5 0 |e|']],
  ['subshells', '(a; b)\nc', ['1 1 |a|;', '1 1 |b|)', '2 0 |c|']],
  ['negation', '! a', ['1 0 !|a|']],
  ['redirections', 'a > b 2>&1 < c', ['1 0 |a ~> b 2 ~>& 1 ~< c|']],
  ['process substitution', 'a > >(tee b)', ['1 0 |a ~>|(', '1 1 |tee b|)']],
  ['what is never closed', 'a "b\nc', ['1 0 |a b\nc|']],
])('%s', (_, script, commands) => {
  expect(printed(script)).toEqual(commands);
});
