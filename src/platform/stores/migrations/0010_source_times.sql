ALTER TABLE "import_sources" ALTER COLUMN "every_hours" DROP NOT NULL;

ALTER TABLE "import_sources" ADD COLUMN "cron" text;
