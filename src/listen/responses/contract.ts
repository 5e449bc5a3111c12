export const responsesContract = {};
