import { play } from './play';
import { QUICK_START_LIFE } from './quick-start-life';

play('quick-start', QUICK_START_LIFE, (text) => process.stdout.write(`${text}\n`)).then((asExpected) => {
  process.exitCode = asExpected ? 0 : 1;
}, (error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
