export function checkMessages(root: string): { wrong: string[]; messages: number };
