import { commonTo } from '../../src/template/mappings';

test.each([
  [['sagemaker-us', 'sagemaker-eu'], { beginsWith: 'sagemaker-', alphabet: 'use', minLength: 2 }],
  [['a', 'ab'], { beginsWith: 'a', alphabet: 'b', minLength: 0 }],
  [['x', 'y'], { beginsWith: '', alphabet: 'xy', minLength: 1 }],
])('what %j have in common', (texts, known) => {
  expect(commonTo(texts)).toEqual(known);
});
