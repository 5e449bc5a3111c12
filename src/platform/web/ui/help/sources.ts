import type { Concept } from './concepts.ts';

/** What is cited where a concept is not our own: author, year, title and place; the same in every language. */
const SOURCES: Readonly<Partial<Record<Concept, string>>> = {
  interval:
    'J. Neyman (1937): Outline of a theory of statistical estimation. Phil. Trans. R. Soc. A 236, 333–380. E. B. Wilson (1927): Probable inference. J. Am. Stat. Assoc. 22, 209–212.',
  goes_with: 'S. Holm (1979): A simple sequentially rejective multiple test procedure. Scand. J. Statist. 6, 65–70.',
  nps: 'F. F. Reichheld (2003): The one number you need to grow. Harvard Business Review 81 (12), 46–54.',
  csat: 'ISO 10004:2018, Customer satisfaction: guidelines for monitoring and measuring.',
  ces: 'M. Dixon, K. Freeman, N. Toman (2010): Stop trying to delight your customers. Harvard Business Review 88 (7/8), 116–122.',
  rating:
    'N. Hu, J. Zhang, P. A. Pavlou (2009): Overcoming the J-shaped distribution of product reviews. Communications of the ACM 52 (10), 144–147.',
  journey:
    'K. N. Lemon, P. C. Verhoef (2016): Understanding customer experience throughout the customer journey. Journal of Marketing 80 (6), 69–96.',
  moment_of_truth: 'J. Carlzon (1987): Moments of truth. Ballinger.',
  event: 'The Segment spec: names and fields of events.',
};

export function sourceOf(concept: Concept): string | undefined {
  return SOURCES[concept];
}
