// @ts-check
// Called by Maven in the test phase. The report has the form of Surefire's, so that results are counted alike.
import { tool } from './steps.mjs';

const skipped = process.argv.slice(2).some((argument) => argument === '--skip=true');
if (!skipped) {
  tool(
    'vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=junit',
    '--outputFile.junit=target/surefire-reports/TEST-ui.xml',
  );
}
