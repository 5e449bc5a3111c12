ALTER TABLE "imports" ADD COLUMN "cut_off" boolean DEFAULT false NOT NULL;
