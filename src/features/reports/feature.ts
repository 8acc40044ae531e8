import type { Feature } from '../../chat/feature.ts';
import { exportFile, offerExport } from './export-feature.ts';
import { reporting } from './report-feature.ts';

/** For the commercial department: what the teams know of their clients' expectations, and what they do not know yet. */
export function reports(others: Feature[]): Feature {
  const report = reporting(others);
  return {
    name: 'reports',
    commands: [
      {
        name: 'reports.report',
        words: { nl: ['rapport'], en: ['report'] },
        who: 'member',
        where: 'anywhere',
        run: (asked, { text }) => report.typed(asked, text),
      },
    ],
    presses: {
      'reports.all': { who: 'member', run: (asked, { detail }) => report.all(asked, detail) },
      'reports.client': { who: 'member', run: (asked, { subject }) => report.pressed(asked, subject) },
      'reports.export': { who: 'member', run: (asked) => offerExport(asked) },
    },
    downloads: { 'reports.export': exportFile(report) },
  };
}
