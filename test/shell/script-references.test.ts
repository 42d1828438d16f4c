import { scriptReferences } from '../../src/shell/script-references';

const FOUND: [string, string][] = [
  ['source', 'source ./env.sh'],
  ['source without a directory', 'source env.sh'],
  ['dot', '. env.sh'],
  ['bash', 'bash env.sh'],
  ['bash with options', 'bash -eux env.sh --flag value'],
  ['by its path', './env.sh'],
  ['as another user', 'sudo -n true\nsudo bash env.sh'],
  ['with an environment', 'A=1 B="2" ./env.sh'],
  ['python', 'python3 -u env.sh'],
  ['in quotes', 'bash "env.sh"'],
  ['within a condition', 'if [ "$X" = 1 ]; then\n  bash env.sh\nfi'],
  ['in a pipe', 'bash env.sh 2>&1 | tee log'],
  ['after it was made executable', 'chmod +x env.sh\n./env.sh'],
  ['after it was announced', 'echo "running env.sh"\n./env.sh'],
  ['after a change to the script\'s own directory', 'cd "$(dirname "${BASH_SOURCE[0]}")"\n./env.sh'],
  ['before a change of directory', './env.sh\ncd /tmp'],
];
test.each(FOUND)('finds what a script runs: %s', (_, script) => {
  expect(scriptReferences(script).map(({ path }) => path.replace(/^\.\//, ''))).toEqual(['env.sh']);
});

test.each<[string, string]>([
  ['a path with a variable', 'bash "$DIR/env.sh"'],
  ['an absolute path', 'bash /opt/env.sh'],
  ['a path in the home directory', 'bash ~/env.sh'],
  ['a path above', 'bash ../env.sh'],
  ['a glob', 'for f in *.sh; do bash "$f"; done; bash *.sh'],
  ['an installed program', 'apt-get update'],
  ['a command given as text', 'bash -c env.sh'],
  ['a module', 'python3 -m venv.sh'],
  ['an option with an argument', 'bash -o pipefail env.sh'],
  ['a test before', 'if [ -f env.sh ]; then\n  bash env.sh\nfi'],
  ['a test with two brackets', '[[ -x ./env.sh ]] && ./env.sh'],
  ['a handled failure', 'bash env.sh || true'],
  ['a handled failure in the next line', 'bash env.sh ||\n  echo "no env.sh"'],
  ['a failure that is an answer', 'if ! bash env.sh; then echo no; fi'],
  ['a comment', '# bash env.sh'],
  ['printed text', 'echo bash env.sh'],
  ['a here-document', 'cat > /tmp/x <<EOF\nbash env.sh\nEOF'],
  ['a script that the script writes', 'echo "exit 0" > env.sh\nbash env.sh'],
  ['a script that the script downloads', 'curl -fsSLo env.sh https://example.com/install\nbash env.sh'],
  ['a script that the script downloads by its name', 'wget https://example.com/env.sh\nbash env.sh'],
  ['a directory that the script makes', 'python3 -m venv venv\nsource venv/bin/activate'],
  ['a checked-out repository', 'git clone https://example.com/tools\nbash tools/env.sh'],
  ['an unpacked archive', 'tar xf bundle.tgz\nbash env.sh'],
  ['copied files', 'cp -r /opt/scripts/. .\nbash env.sh'],
  ['files from a bucket', 'aws s3 cp s3://b/env.sh .\nbash env.sh'],
  ['another directory', 'cd /opt\nbash env.sh'],
  ['another directory, from a variable', 'cd "$WORK"\nbash env.sh'],
  ['what is never reached', 'exit 0\nbash env.sh'],
  ['nothing to source', 'source'],
])('is not sure of %s', (_, script) => {
  expect(scriptReferences(script)).toEqual([]);
});

test('tells the line', () => {
  expect(scriptReferences('#!/bin/bash\n\nset -e\nbash a.sh\nsource b.sh\n').map(({ path, line, sourced }) => [path, line, sourced]))
    .toEqual([['a.sh', 4, false], ['b.sh', 5, true]]);
});

test.each<[string, boolean, string]>([
  ['under set -e', true, 'set -e\nbash a.sh'],
  ['under set -euo pipefail', true, 'set -euo pipefail\nbash a.sh'],
  ['under set -o errexit', true, 'set -o errexit\nbash a.sh'],
  ['under an interpreter with -e', true, '#!/bin/bash -e\nbash a.sh'],
  ['without set -e', false, 'bash a.sh'],
  ['after set +e', false, 'set -e\nset +e\nbash a.sh'],
  ['after set +o errexit', false, 'set -e\nset +o errexit\nbash a.sh'],
  ['under other options', false, 'set -u\nbash a.sh'],
  ['in a condition', false, 'set -e\nif [ "$X" ]; then bash a.sh; fi'],
  ['in a function', false, 'set -e\nf() {\n  bash a.sh\n}\nf'],
  ['after a condition on the same line', false, 'set -e\n[ "$X" ] && bash a.sh'],
  ['before another command of a list', false, 'set -e\nbash a.sh && echo done'],
  ['in a pipe', false, 'set -e\nbash a.sh | tee log'],
  ['in the background', false, 'set -e\nbash a.sh &'],
  ['after the script may have ended', false, 'set -e\nif [ "$X" ]; then exit 0; fi\nbash a.sh'],
])('%s, a missing script is the end: %p', (_, decisive, script) => {
  expect(scriptReferences(script)).toEqual([expect.objectContaining({ path: 'a.sh', decisive })]);
});

test('a script that is read in inherits set -e', () => {
  expect(scriptReferences('bash a.sh', true)).toEqual([expect.objectContaining({ decisive: true })]);
});
