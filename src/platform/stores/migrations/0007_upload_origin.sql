ALTER TABLE "uploads" ADD COLUMN "origin" jsonb;
